import type {
  ChangeRequestSummary,
  Rollout,
  WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';
import { HEALTH_LABELS, HEALTH_TONES } from '../healthStates';
import { formatVersion } from '../shared/formatImage';
import { Pill } from '../shared/Pill';
import { timeAgo } from '../shared/time';
import styles from './Pipeline.module.css';

/** An environment of a workload, with what is known about changes of it. */
export interface PipelineStage extends WorkloadEnvironment {
  /** Open change request for this environment. */
  request?: ChangeRequestSummary;
  /** Environment that is promoted to this one. */
  from?: string;
  /** Changes of `from` that are not here; absent when that is not known. */
  newer?: number;
}

/** Environments in order of promotion, each a button that selects it. */
export function Pipeline(props: {
  stages: PipelineStage[];
  selected: string | undefined;
  onSelect: (environment: string) => void;
}) {
  return (
    <ol className={styles.pipeline} aria-label="Environments">
      {props.stages.map(stage => (
        <li key={stage.environment} className={styles.stage}>
          <button
            type="button"
            className={styles.node}
            aria-pressed={stage.environment === props.selected}
            onClick={() => props.onSelect(stage.environment)}
          >
            <Stage {...stage} />
          </button>
        </li>
      ))}
    </ol>
  );
}

function Stage(stage: PipelineStage) {
  const { environment, health } = stage;
  return (
    <>
      <span className={styles.head}>
        <span className={styles.name}>{environment}</span>
        <Pill tone={HEALTH_TONES[health.state]}>
          {HEALTH_LABELS[health.state]}
        </Pill>
      </span>
      <StageFacts {...stage} />
    </>
  );
}

/** Version, age and pods of an environment, what is newer elsewhere, and the open change request for it. */
export function StageFacts(stage: PipelineStage) {
  const { image, application, pods, request } = stage;
  return (
    <>
      {image && <span className={styles.version}>{formatVersion(image)}</span>}
      {application?.deployedAt && (
        <span className={styles.note}>
          Deployed {timeAgo(application.deployedAt)}
        </span>
      )}
      {pods.total > 0 && (
        <span className={styles.note}>
          {pods.ready} of {pods.total} pods ready
        </span>
      )}
      {stage.rollouts.flatMap(rolloutProgress).map(text => (
        <span key={text} className={styles.note}>
          {text}
        </span>
      ))}
      {stage.from && newerText(stage) && (
        <span className={styles.note}>{newerText(stage)}</span>
      )}
      {request && (
        <span className={styles.note}>
          #{request.number} {request.failed ? 'has a failed step' : 'is open'}
        </span>
      )}
    </>
  );
}

function newerText({ from, newer }: PipelineStage): string | undefined {
  return newer
    ? `${from} is ${newer} ${newer === 1 ? 'change' : 'changes'} ahead`
    : undefined;
}

/** Text of a rollout that has not ended: the position of a canary, the colours, or the numbers of pods. */
export function rolloutProgress(rollout: Rollout): string[] {
  const { state, canary, blueGreen, text, updated, desired } = rollout;
  if (state === 'complete') {
    // It may be planned to be partial, by the partition of a StatefulSet for example.
    return updated < desired ? [text] : [];
  }
  if (canary) {
    const weight = canary.weight === undefined ? '' : `, ${canary.weight} %`;
    return [`Canary step ${canary.step} of ${canary.steps}${weight}`];
  }
  return blueGreen
    ? [`Blue-green: ${blueGreen.preview ?? 'new version'} waits in preview`]
    : [text];
}
