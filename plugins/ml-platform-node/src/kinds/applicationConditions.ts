import type {
  ApplicationCondition,
  ApplicationSummary,
} from '@internal/plugin-ml-platform-common';
import { redactAddresses } from '../upstream';
import { conditionText } from './conditionText';
import type { Application, ResourceResult } from './applicationSchema';

type Status = Application['status'];

/**
 * Severity of Argo CD's condition types. Other types that end in "Warning" are warnings, and all others are errors.
 *
 * @see argoproj/argo-cd v3.5.3 pkg/apis/application/v1alpha1/types.go, ApplicationConditionType
 */
const SEVERITIES: Record<string, ApplicationCondition['severity']> = {
  OrphanedResourceWarning: 'info',
};

/**
 * Phrases with which Argo CD introduces messages of resources, or says that there are some. It replaces the last one in
 * the results of resources.
 *
 * @see argoproj/argo-cd v3.5.3 gitops-engine/pkg/sync/sync_context.go, util/argo/argo.go (AugmentSyncMsg)
 */
const INTRODUCTIONS =
  /one or more (?:synchronization tasks are not valid|objects failed to apply(?: \(dry run\))?|synchronization tasks completed unsuccessfully|SyncFail hooks failed)|, reason: |(?:ComparisonError|InvalidSpecError): |failed to discover server resources for group version \S+|the server could not find the requested resource/g;

/**
 * Messages of an attempt that is under way, which has neither failed nor succeeded yet.
 *
 * @see argoproj/argo-cd v3.5.3 gitops-engine/pkg/sync/sync_context.go, controller/appcontroller.go, controller/sync.go
 */
const UNDER_WAY =
  /^$|^waiting for |^one or more tasks are running|^Retrying operation|^Sync operation blocked by sync window/;

/** Returns true for a sync that failed, also while it waits for its next attempt. */
export function isFailedSync(operation: Status['operationState']): boolean {
  const { phase, message = '', retryCount } = operation ?? {};
  return (
    phase === 'Failed' ||
    phase === 'Error' ||
    (phase === 'Running' && Boolean(retryCount) && !UNDER_WAY.test(message))
  );
}

/**
 * Problems of an Application, each once: Argo CD repeats a resource's message in the operation and in a condition. The
 * most precise of them stays, which names the resource.
 */
export function applicationConditions(
  status: Status,
): ApplicationSummary['conditions'] {
  const failures = failedResources(status);
  const others = status.conditions.map(toCondition);
  const specific = [
    ...failures,
    ...others.filter(
      ({ type, severity }) => severity === 'error' && type !== 'SyncError',
    ),
  ];
  const operation = operationErrors(status, specific);
  const syncErrors = withoutRepetitions(
    others.filter(({ type }) => type === 'SyncError'),
    [...specific, ...operation],
  );
  const errors = [
    ...failures,
    ...operation,
    ...syncErrors,
    ...others.filter(({ type }) => type !== 'SyncError'),
    ...hydrationErrors(status),
  ];
  return errors
    .filter(
      ({ message }, index) =>
        !errors.some(
          (other, position) =>
            position < index &&
            other.severity === 'error' &&
            other.message.includes(message),
        ),
    )
    .map(condition => ({
      ...condition,
      message: redactAddresses(condition.message),
    }));
}

function toCondition({
  type,
  message,
  lastTransitionTime,
}: Status['conditions'][number]): ApplicationCondition {
  return {
    type,
    message: conditionText(message),
    severity:
      SEVERITIES[type] ?? (type.endsWith('Warning') ? 'warning' : 'error'),
    since: lastTransitionTime,
  };
}

/** One condition for each message of resources and hooks that could not be synced. */
function failedResources(status: Status): ApplicationCondition[] {
  const { operationState } = status;
  if (
    !operationState?.phase ||
    operationState.phase === 'Succeeded' ||
    isSuperseded(status)
  ) {
    return [];
  }
  const failed = (operationState.syncResult?.resources ?? []).filter(
    ({ status: result, hookPhase }) =>
      result === 'SyncFailed' ||
      hookPhase === 'Failed' ||
      hookPhase === 'Error',
  );
  return [...Map.groupBy(failed, resultMessage)].map(
    ([message, results]): ApplicationCondition => ({
      type: 'SyncError',
      message,
      severity: 'error',
      since: operationState.finishedAt,
      resources: results.map(({ kind, name, hookType }) => ({
        kind,
        name,
        ...(hookType && { hook: hookType }),
      })),
    }),
  );
}

function resultMessage({ message, hookType, hookPhase }: ResourceResult) {
  return (
    message?.trim() ||
    (hookType ? `the hook ended as ${hookPhase}` : 'Argo CD gives no reason')
  );
}

/** The message of a failed sync, unless other conditions say the same. */
function operationErrors(
  status: Status,
  known: ApplicationCondition[],
): ApplicationCondition[] {
  const { message, finishedAt } = status.operationState ?? {};
  return message && isFailedSync(status.operationState) && !isSuperseded(status)
    ? withoutRepetitions(
        [{ type: 'SyncError', message, severity: 'error', since: finishedAt }],
        known,
      )
    : [];
}

/** Returns true if Git has moved on since the sync, to what is deployed. */
function isSuperseded({ sync, operationState }: Status): boolean {
  const attempted = operationState?.syncResult;
  return (
    sync?.status === 'Synced' &&
    attempted !== undefined &&
    `${sync.revision ?? ''} ${sync.revisions ?? ''}` !==
      `${attempted.revision ?? ''} ${attempted.revisions ?? ''}`
  );
}

/**
 * Removes from messages about a sync what Argo CD puts around them, and those that say nothing new.
 *
 * @see argoproj/argo-cd v3.5.3 controller/appcontroller.go, autoSync and processRequestedAppOperation
 */
function withoutRepetitions(
  conditions: ApplicationCondition[],
  known: ApplicationCondition[],
): ApplicationCondition[] {
  const knownParts = known
    .flatMap(({ message }) => [message, message.split(' \n -Additional')[0]])
    .filter(part => part !== '')
    .sort((a, b) => b.length - a.length);
  return conditions.flatMap(condition => {
    const message = condition.message
      .replace(/^Failed last sync attempt to (?:\[[^\]]*\]|\S+): /, '')
      .replace(/\.? Retrying attempt #\d+ at [^.]{1,40}\.$/, '')
      .replace(/ \(retried \d+ times\)\.?$/, '')
      .trim();
    const isExplained = known.some(
      each => each.resources || message.includes(each.message),
    );
    const rest = knownParts
      .reduce((text, part) => text.replaceAll(part, ''), message)
      .replace(INTRODUCTIONS, '')
      .replace(/[\s.,;:]/g, '');
    return isExplained && rest === ''
      ? []
      : [
          {
            ...condition,
            message: message.replace(
              /^one or more synchronization tasks are not valid: /,
              '',
            ),
          },
        ];
  });
}

/** @see argoproj/argo-cd v3.5.3 controller/hydrator/hydrator.go, setAppHydratorError */
function hydrationErrors({ sourceHydrator }: Status): ApplicationCondition[] {
  const { phase, message, finishedAt } = sourceHydrator?.currentOperation ?? {};
  return phase === 'Failed'
    ? [
        {
          type: 'HydrationError',
          message: (message ?? '').replace(/^Failed to hydrate: /, ''),
          severity: 'error',
          since: finishedAt,
        },
      ]
    : [];
}
