import type { Rollout } from '@internal/plugin-ml-platform-common';
import type { ArgoRollout } from '@internal/plugin-ml-platform-node';
import { asSentence } from './formatting';
import { controllerMessage, NO_STATUS_TEXT, replicaText } from './rollouts';

/** Explanations of an Argo Rollout's pause conditions, by their reason. */
const PAUSE_REASONS: Record<string, string> = {
  CanaryPauseStep: 'at a canary pause step',
  BlueGreenPause: 'until the new version is promoted',
  InconclusiveAnalysisRun: 'because an analysis was inconclusive',
};

/** Progress of an Argo Rollout. */
export function argoRollout(rollout: ArgoRollout): Rollout {
  const { metadata, spec, status } = rollout;
  const progress = {
    kind: 'Rollout' as const,
    name: metadata.name,
    desired: spec.replicas,
    updated: status.updatedReplicas,
    available: status.availableReplicas,
    revision: status.currentPodHash,
    canary: canary(rollout),
    blueGreen: spec.strategy.blueGreen && {
      active: status.blueGreen?.activeSelector,
      preview: status.blueGreen?.previewSelector,
    },
  };
  const steps = canaryText(progress);
  if (isWithoutStatus(rollout)) {
    return { ...progress, state: 'progressing', text: NO_STATUS_TEXT };
  }
  if (status.abort || status.abortedAt) {
    return {
      ...progress,
      state: 'aborted',
      text: `The rollout was aborted and the previous version is serving.${controllerMessage(
        status.message,
      )} Deploy a fixed version or roll back.`,
      abortedAt: status.abortedAt,
    };
  }
  const [pause] = status.pauseConditions;
  if (pause || spec.paused || status.phase === 'Paused') {
    const reason = PAUSE_REASONS[pause?.reason ?? ''] ?? 'until it is resumed';
    return {
      ...progress,
      state: 'paused',
      text: `The rollout is paused ${reason}${steps}.`,
      pausedAt: pause?.startTime,
    };
  }
  if (status.phase === 'Degraded') {
    if (status.message?.startsWith('InvalidSpec')) {
      return {
        ...progress,
        state: 'failed',
        text: `The Rollout is invalid:${controllerMessage(
          status.message.replace(/^InvalidSpec: /, ''),
        )} Correct it.`,
      };
    }
    return {
      ...progress,
      state: 'failed',
      text: `The new version did not become available: ${replicaText(
        progress,
      )}${controllerMessage(status.message)}`,
    };
  }
  const isComplete =
    status.phase === 'Healthy' ||
    (status.stableRS !== undefined &&
      status.stableRS === status.currentPodHash &&
      status.availableReplicas >= spec.replicas);
  return isComplete
    ? { ...progress, state: 'complete', text: replicaText(progress) }
    : {
        ...progress,
        state: 'progressing',
        text: asSentence(`${replicaText(progress).replace(/\.$/, '')}${steps}`),
      };
}

/** Without a phase and counts, the controller has not seen the Rollout. */
function isWithoutStatus({ metadata, status }: ArgoRollout): boolean {
  return (
    metadata.generation !== undefined &&
    status.observedGeneration === undefined &&
    status.phase === undefined
  );
}

function canary({ spec, status }: ArgoRollout): Rollout['canary'] {
  const steps = spec.strategy.canary?.steps;
  if (!steps) {
    return undefined;
  }
  const step = status.currentStepIndex ?? 0;
  // Without a traffic router the status has no weights: replica counts approximate the weight of the current step.
  const planned = steps
    .slice(0, step + 1)
    .findLast(({ setWeight }) => setWeight !== undefined)?.setWeight;
  const isStable =
    status.stableRS !== undefined && status.stableRS === status.currentPodHash;
  return {
    step,
    steps: steps.length,
    weight:
      status.canary?.weights?.canary?.weight ??
      (isStable ? undefined : planned),
  };
}

function canaryText({ canary: progress }: Pick<Rollout, 'canary'>): string {
  if (!progress || progress.steps === 0) {
    return '';
  }
  const traffic =
    progress.weight === undefined
      ? ''
      : `, and the new version receives ${progress.weight}% of the traffic`;
  return `; step ${progress.step} of ${progress.steps} is complete${traffic}`;
}
