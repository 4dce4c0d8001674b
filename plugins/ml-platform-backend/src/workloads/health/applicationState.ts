import type {
  HealthCode,
  HealthReason,
} from '@internal/plugin-ml-platform-common';
import {
  redactAddresses,
  type Application,
  type SyncWindow,
} from '@internal/plugin-ml-platform-node';
import { asSentence, formatList, PLATFORM_TEAM_ADVICE } from './formatting';
import { formatTime } from './formatTime';
import { outOfSyncReasons } from './outOfSyncReasons';

type ResourceStatus = NonNullable<Application['status']['resources']>[number];

/** Kinds that the portal judges by their own objects, which it sees earlier than Argo CD. */
const JUDGED_KINDS = [
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Job',
  'PersistentVolumeClaim',
  'Pod',
  'ReplicaSet',
  'Rollout',
  'StatefulSet',
];

const RESOURCE_STATES: Record<string, [HealthCode, string]> = {
  Degraded: ['argocd-health', 'is degraded'],
  Progressing: ['rolling-out', 'is not ready yet'],
  Suspended: ['suspended', 'is suspended'],
  Unknown: ['sync-unknown', 'has an unknown health'],
};

interface ApplicationStateOptions {
  /** True if the namespace has objects of the workload. */
  hasObjects: boolean;
  /** Reasons from those objects, from conditions and from the running operation. */
  known: HealthReason[];
  /** Sync windows of its AppProject. */
  syncWindows: SyncWindow[];
  now: Date;
}

/** Reasons from the sync and health status of an Application, in addition to those that are known already. */
export function applicationState(
  application: Application,
  { hasObjects, known, syncWindows, now }: ApplicationStateOptions,
): HealthReason[] {
  const isFailing = known.some(
    ({ code }) => code === 'sync-error' || code === 'sync-unknown',
  );
  const unknown = isFailing ? [] : unknownReasons(application, hasObjects);
  if (unknown.length > 0) {
    return unknown;
  }
  const resources = application.status.resources ?? [];
  const notJudged = resources
    .filter(({ kind }) => !JUDGED_KINDS.includes(kind))
    .flatMap(resource => resourceReason(resource, application));
  const isExplained =
    known.some(({ code }) => code !== 'sync-warning') || notJudged.length > 0;
  return [
    ...notJudged,
    ...(isExplained ? [] : unexplainedHealth(application, hasObjects)),
    ...(isFailing ? [] : outOfSyncReasons(application, { syncWindows, now })),
  ];
}

/** Argo CD's health of the kinds that the portal judges itself, or else of the whole Application. */
function unexplainedHealth(
  application: Application,
  hasObjects: boolean,
): HealthReason[] {
  const judged = (application.status.resources ?? [])
    .filter(({ kind }) => JUDGED_KINDS.includes(kind))
    .flatMap(resource => resourceReason(resource, application));
  return judged.length > 0 ? judged : healthReasons(application, hasObjects);
}

function resourceReason(
  { kind, name, health }: ResourceStatus,
  { status }: Application,
): HealthReason[] {
  const [code, state] = RESOURCE_STATES[health?.status ?? ''] ?? [];
  // Argo CD keeps the time only of the state of the whole Application.
  const since =
    status.health?.status === health?.status
      ? status.health?.lastTransitionTime
      : undefined;
  return code && state
    ? [
        {
          code,
          text: health?.message
            ? `${kind} ${name} ${state}: ${asSentence(
                redactAddresses(health.message),
              )}`
            : `${kind} ${name} ${state}; Argo CD gives no reason.`,
          ...(since && { since }),
          object: { kind, name },
        },
      ]
    : [];
}

/** Unknown is never healthy: reasons why Argo CD's status says nothing about the present. */
function unknownReasons(
  application: Application,
  hasObjects: boolean,
): HealthReason[] {
  const { metadata, status } = application;
  const { sync, health, reconciledAt } = status;
  const text = unknownText(application, hasObjects);
  return text
    ? [
        {
          code: 'sync-unknown',
          text,
          ...(!sync && !health && metadata.creationTimestamp
            ? { since: metadata.creationTimestamp }
            : reconciledAt && { since: reconciledAt }),
          object: { kind: 'Application', name: metadata.name },
        },
      ]
    : [];
}

function unknownText(
  { metadata, spec, status }: Application,
  hasObjects: boolean,
): string | undefined {
  const { sync, health, reconciledAt } = status;
  const last = reconciledAt ? `, last at ${formatTime(reconciledAt)}` : '';
  if (!sync && !health) {
    const since = metadata.creationTimestamp
      ? ` since it was created at ${formatTime(metadata.creationTimestamp)}`
      : ' yet';
    return `Argo CD has not looked at the Application${since}, so its state is unknown. ${PLATFORM_TEAM_ADVICE}`;
  }
  // Argo CD does not compare an Application with this annotation.
  if (metadata.annotations?.['argocd.argoproj.io/skip-reconcile'] === 'true') {
    return `Argo CD is told not to look at the Application (annotation skip-reconcile)${last}, so its state is unknown.`;
  }
  if (isStale({ metadata, spec, status })) {
    return `Argo CD has not looked at the Application's newest settings${last}, so its state is out of date. ${PLATFORM_TEAM_ADVICE}`;
  }
  // Without Argo CD's health, the portal's own judgement of the objects stands.
  const isSyncUnknown =
    sync?.status === 'Unknown' || (!sync && health?.status === 'Healthy');
  const isHealthUnknown =
    health?.status === 'Unknown' || (!health && !hasObjects);
  const subjects = [
    ...(isSyncUnknown ? ['whether the newest version is deployed'] : []),
    ...(isHealthUnknown ? ['the health of what is deployed'] : []),
  ];
  return subjects.length > 0
    ? `Argo CD does not know ${subjects.join(
        ', nor ',
      )}, and gives no reason. ${PLATFORM_TEAM_ADVICE}`
    : undefined;
}

/**
 * True for a status from before the last change of the specification, or from before the Application was created (in a
 * restored backup). Argo CD's Applications have no observed generation.
 *
 * @see argoproj/argo-cd v3.5.3 pkg/apis/application/v1alpha1/types.go, ComparedTo
 */
function isStale({ metadata, spec, status }: Application): boolean {
  const { comparedTo } = status.sync ?? {};
  const isRestored =
    status.reconciledAt !== undefined &&
    metadata.creationTimestamp !== undefined &&
    Date.parse(status.reconciledAt) < Date.parse(metadata.creationTimestamp);
  const compared = sourcesOf(comparedTo ?? {});
  const wanted = sourcesOf(spec);
  return (
    isRestored ||
    (compared.length > 0 &&
      wanted.length > 0 &&
      JSON.stringify(compared) !== JSON.stringify(wanted))
  );
}

function sourcesOf({
  source,
  sources = [],
}: Pick<Application['spec'], 'source' | 'sources'>): string[][] {
  // With several sources, Argo CD leaves an empty `source`.
  const single = source?.repoURL ? [source] : [];
  const all = sources.length > 0 ? sources : single;
  return all.map(({ repoURL, path, chart, targetRevision }) =>
    [repoURL, path, chart, targetRevision].map(part => part ?? ''),
  );
}

/** Argo CD's health of the whole Application, which lags behind the objects and names none. */
function healthReasons(
  application: Application,
  hasObjects: boolean,
): HealthReason[] {
  const { metadata, status } = application;
  const { health, operationState } = status;
  const since = health?.lastTransitionTime;
  const reason = (code: HealthCode, text: string): HealthReason => ({
    code,
    text,
    ...(since && { since }),
    object: { kind: 'Application', name: metadata.name },
  });
  if (health?.status === 'Degraded') {
    return [reason('argocd-health', degradedText(application, hasObjects))];
  }
  if (
    operationState?.phase === 'Running' &&
    status.conditions.every(({ type }) => type.endsWith('Warning'))
  ) {
    return [
      {
        ...reason(
          'rolling-out',
          operationState.retryCount
            ? `Argo CD is applying the newest version (attempt ${
                operationState.retryCount + 1
              }).`
            : 'Argo CD is applying the newest version.',
        ),
        ...(operationState.startedAt && { since: operationState.startedAt }),
      },
    ];
  }
  if (hasObjects) {
    return [];
  }
  switch (health?.status) {
    case 'Progressing':
      return [reason('rolling-out', 'The rollout is in progress.')];
    case 'Suspended':
      return [reason('suspended', 'The workload is suspended.')];
    case 'Missing':
      return [
        reason(
          'not-deployed',
          status.sync?.status === 'OutOfSync'
            ? 'Argo CD has not deployed it yet.'
            : 'Nothing is deployed.',
        ),
      ];
    default:
      return [];
  }
}

/** Since version 3.0, Argo CD does not keep the health of each resource in the Application. */
function degradedText({ status }: Application, hasObjects: boolean): string {
  const since = status.health?.lastTransitionTime;
  const unread = (status.resources ?? [])
    .filter(({ kind, health }) => !health && !JUDGED_KINDS.includes(kind))
    .map(({ kind, name }) => `${kind} ${name}`);
  const report = `Argo CD reports a degraded resource${
    since ? ` since ${formatTime(since)}` : ''
  }, and does not say which.`;
  const pods = hasObjects ? ' The pods are in order.' : '';
  return unread.length > 0
    ? `${report}${pods} The portal does not read ${formatList(
        unread,
      )}: look there first.`
    : `${report}${pods} Open the Application in Argo CD to see it.`;
}
