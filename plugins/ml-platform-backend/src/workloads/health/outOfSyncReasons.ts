import type { HealthReason } from '@internal/plugin-ml-platform-common';
import type {
  Application,
  SyncWindow,
} from '@internal/plugin-ml-platform-node';
import { formatCount, formatList } from './formatting';
import { syncWindowText } from './syncWindows';

const MAX_NAMED = 3;

/**
 * Reasons why an Application stays out of sync although nothing failed: what Argo CD does not do by itself.
 *
 * @see argoproj/argo-cd v3.5.3 controller/appcontroller.go, autoSync
 */
export function outOfSyncReasons(
  application: Application,
  { syncWindows, now }: { syncWindows: SyncWindow[]; now: Date },
): HealthReason[] {
  const { metadata, spec, status } = application;
  const { sync, operationState } = status;
  if (
    sync?.status !== 'OutOfSync' ||
    operationState?.phase === 'Running' ||
    operationState?.phase === 'Terminating'
  ) {
    return [];
  }
  const object = { kind: 'Application', name: metadata.name };
  const resources = (status.resources ?? []).filter(
    resource => resource.status === 'OutOfSync',
  );
  const toPrune = resources.filter(({ requiresPruning }) => requiresPruning);
  const automated = spec.syncPolicy?.automated;
  if (toPrune.length > 0 && toPrune.length === resources.length) {
    return automated?.prune
      ? []
      : [
          {
            code: 'sync-warning',
            text: `Git no longer has ${names(
              toPrune,
            )}, but the cluster does: Argo CD is not allowed to delete here by itself. Prune in Argo CD.`,
            object,
          },
        ];
  }
  const window = syncWindowText(syncWindows, application, now);
  if (window || !automated || automated.enabled === false) {
    const difference =
      resources.length > 0
        ? `${names(resources)} ${
            resources.length === 1 ? 'differs' : 'differ'
          } from Git`
        : 'What is deployed differs from Git';
    return [
      {
        code: 'sync-waiting',
        text: window
          ? `${difference}. ${window}`
          : `${difference}, and Argo CD does not sync this Application by itself. Sync it in Argo CD, or ask the platform team to.`,
        object,
      },
    ];
  }
  const wasApplied =
    operationState?.phase === 'Succeeded' &&
    Boolean(sync.revision) &&
    operationState.syncResult?.revision === sync.revision;
  // Another Application that manages a resource, which has a condition of its own, makes it differ again.
  const isShared = status.conditions.some(
    ({ type }) => type === 'SharedResourceWarning',
  );
  return wasApplied && !automated.selfHeal && !isShared && resources.length > 0
    ? [
        {
          code: 'sync-warning',
          text: `The newest version was applied, but ${names(resources)} ${
            resources.length === 1 ? 'differs' : 'differ'
          } from Git again. Argo CD does not correct it by itself here.`,
          object,
        },
      ]
    : [];
}

function names(
  resources: NonNullable<Application['status']['resources']>,
): string {
  const named = resources
    .slice(0, MAX_NAMED)
    .map(({ kind, name }) => `${kind} ${name}`);
  const others = resources.length - named.length;
  return formatList(
    others > 0
      ? [...named, formatCount(others, 'other resource', 'other resources')]
      : named,
  );
}
