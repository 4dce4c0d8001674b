import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  redactAddresses,
  type HorizontalPodAutoscaler,
} from '@internal/plugin-ml-platform-node';
import { asSentence, formatCount } from './formatting';
import { explainError, type ErrorRule } from './gpuError';
import type { HealthClock } from './HealthClock';

/** HorizontalPodAutoscalers that KEDA creates for its ScaledObjects have this label. */
const SCALED_OBJECT_LABEL = 'scaledobject.keda.sh/name';
const MAX_MESSAGE_LENGTH = 300;
/** Time in which metrics-server and the controller see a pod that has become ready. */
const METRICS_SECONDS = 120;

/** @see kubernetes/kubernetes v1.36 pkg/controller/podautoscaler/{horizontal,replica_calculator}.go */
const METRIC_RULES: ErrorRule[] = [
  {
    pattern: /missing request for (\S+?)(?: in container (\S+))?(?: of Pod|$)/,
    text: ([, resource, container]) =>
      `${
        container ? `the container ${container}` : 'a container'
      } has no request for ${resource}, so its use cannot be compared. Add the request.`,
  },
  {
    pattern:
      /could not find the requested resource|no metrics returned|unable to fetch metrics|the server is currently unable/,
    text: () =>
      'the cluster returns no metrics for its pods. Check that they run, and ask the platform team whether metrics-server does.',
  },
  {
    pattern: /did not receive metrics for (?:any|targeted) (?:ready )?pods/,
    text: () => 'its pods have no metrics yet. Wait until they are ready.',
  },
];

interface AutoscalerOptions {
  /** True while pods of the controller are not available. */
  isStarting: boolean;
  clock: HealthClock;
}

/**
 * Reasons why HorizontalPodAutoscalers cannot scale a controller as it needs. Without a replica, scaling is off on
 * purpose. Pods that start have no metrics yet.
 */
export function autoscalerReasons(
  autoscalers: HorizontalPodAutoscaler[],
  options: AutoscalerOptions,
): HealthReason[] {
  return autoscalers.flatMap(autoscaler => {
    const reason = problemOf(autoscaler, options);
    return reason
      ? [
          {
            object: {
              kind: 'HorizontalPodAutoscaler',
              name: autoscaler.metadata.name,
            },
            ...reason,
          },
        ]
      : [];
  });
}

function problemOf(
  { metadata, spec, status }: HorizontalPodAutoscaler,
  { isStarting, clock }: AutoscalerOptions,
): HealthReason | undefined {
  const conditionOf = (type: string) =>
    status.conditions.find(condition => condition.type === type);
  const scaledObject = metadata.labels?.[SCALED_OBJECT_LABEL];
  const subject = scaledObject
    ? `The autoscaling of KEDA (ScaledObject ${scaledObject})`
    : 'The autoscaling';
  const able = conditionOf('AbleToScale');
  if (able?.status === 'False' && !able.reason?.startsWith('Backoff')) {
    return {
      code: 'autoscaling',
      text: `${subject} cannot change the number of pods: ${causeText(
        able.message ?? able.reason ?? '',
      )} Check scaleTargetRef.`,
      since: able.lastTransitionTime,
    };
  }
  const active = conditionOf('ScalingActive');
  const isWithoutMetrics =
    /^FailedGet(?:Resource|ContainerResource|Pods)Metric$/.test(
      active?.reason ?? '',
    ) && !/missing request/.test(active?.message ?? '');
  if (
    active?.status === 'False' &&
    active.reason !== 'ScalingDisabled' &&
    !(
      isWithoutMetrics &&
      (isStarting ||
        !clock.hasPassed(METRICS_SECONDS, active.lastTransitionTime))
    )
  ) {
    return {
      code: 'autoscaling',
      text: `${subject} does not work, so the number of pods does not follow the load: ${
        explainError(active.message ?? '', METRIC_RULES) ??
        causeText(active.message ?? active.reason ?? '')
      }`,
      since: active.lastTransitionTime,
    };
  }
  const limited = conditionOf('ScalingLimited');
  if (limited?.status === 'True' && limited.reason === 'TooManyReplicas') {
    return {
      code: 'autoscaling-limit',
      text: `${subject} is at its limit of ${formatCount(
        spec.maxReplicas,
        'pod',
        'pods',
      )}, and the load needs more. Raise maxReplicas or give each pod more resources.`,
      since: limited.lastTransitionTime,
    };
  }
  return undefined;
}

/** Removes the prefix that repeats what failed. */
function causeText(message: string): string {
  return asSentence(
    redactAddresses(message)
      .replace(
        /^the HPA (?:controller )?was (?:not able|unable) to [^:]+: /,
        '',
      )
      .slice(0, MAX_MESSAGE_LENGTH),
  );
}
