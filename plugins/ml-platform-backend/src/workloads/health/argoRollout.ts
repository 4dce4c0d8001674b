import type { Rollout } from '@internal/plugin-ml-platform-common';
import type { ArgoRollout } from '@internal/plugin-ml-platform-node';
import { controllerMessage, pods } from './rollouts';
import { asSentence } from './formatting';

/** What an Argo Rollout pauses for, by its own words for it. */
const PAUSES: Record<string, string> = {
  CanaryPauseStep: 'for the pause that its plan has here',
  BlueGreenPause: 'until the new version is promoted',
  InconclusiveAnalysisRun: 'because an analysis was inconclusive',
};

export function argoRollout(rollout: ArgoRollout): Rollout {
  const { metadata, spec, status } = rollout;
  const numbers = {
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
  const at = where(numbers);
  if (status.abort || status.abortedAt) {
    return {
      ...numbers,
      state: 'aborted',
      text: `The rollout was aborted, and the version before serves.${controllerMessage(
        status.message,
      )} Mend it with a new version, or roll back.`,
    };
  }
  const [pause] = status.pauseConditions;
  if (pause || spec.paused || status.phase === 'Paused') {
    const why = PAUSES[pause?.reason ?? ''] ?? 'until it is resumed';
    return {
      ...numbers,
      state: 'paused',
      text: `The rollout is paused ${why}${at}.`,
      pausedAt: pause?.startTime,
    };
  }
  if (status.phase === 'Degraded') {
    return {
      ...numbers,
      state: 'failed',
      text: `The new version did not become available: ${pods(
        numbers,
      )}${controllerMessage(status.message)}`,
    };
  }
  const isComplete =
    status.phase === 'Healthy' ||
    (status.stableRS !== undefined &&
      status.stableRS === status.currentPodHash &&
      status.availableReplicas >= spec.replicas);
  return isComplete
    ? { ...numbers, state: 'complete', text: pods(numbers) }
    : {
        ...numbers,
        state: 'progressing',
        text: asSentence(`${pods(numbers).replace(/\.$/, '')}${at}`),
      };
}

function canary({ spec, status }: ArgoRollout): Rollout['canary'] {
  const steps = spec.strategy.canary?.steps;
  if (!steps) {
    return undefined;
  }
  const step = status.currentStepIndex ?? 0;
  // Without a traffic router there are no weights; the plan's then are what the numbers of pods aim at.
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

function where({ canary: at }: Pick<Rollout, 'canary'>): string {
  if (!at || at.steps === 0) {
    return '';
  }
  const weight =
    at.weight === undefined
      ? ''
      : `, and the new version gets ${at.weight} % of the requests`;
  return `; ${at.step} of ${at.steps} steps are done${weight}`;
}
