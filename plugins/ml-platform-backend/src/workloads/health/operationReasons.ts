import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  redactAddresses,
  type Application,
} from '@internal/plugin-ml-platform-node';
import { asSentence, formatCount, formatList } from './formatting';
import { formatTime } from './formatTime';

type Operation = NonNullable<Application['status']['operationState']>;

/**
 * Message of a sync that waits.
 *
 * @see argoproj/argo-cd v3.5.3 gitops-engine/pkg/sync/sync_context.go, setRunningPhase
 */
const WAITING =
  /^waiting for (?<what>completion of hook|healthy state of|deletion of hook|deletion of|pruning confirmation of) [^/]*\/(?<kind>[^/]+)\/(?<name>\S+?)(?: and (?<more>\d+) more (?:resources|hooks))?$/;

/** @see argoproj/argo-cd v3.5.3 controller/sync.go, SyncAppState */
const SYNC_WINDOW =
  /^Sync operation blocked by sync window(?:: (?<error>.*))?$/;

/** Reasons from the operation that runs now, and from the deletion of the Application. */
export function operationReasons(application: Application): HealthReason[] {
  const { metadata, status } = application;
  const operation = status.operationState;
  const object = { kind: 'Application', name: metadata.name };
  if (metadata.deletionTimestamp) {
    return [deletionReason(application, metadata.deletionTimestamp)];
  }
  const since = operation?.startedAt;
  if (operation?.phase === 'Terminating') {
    return [
      {
        code: 'sync-waiting',
        text: `The sync${startOf(operation)} is being terminated${
          /timeout/.test(operation.message ?? '')
            ? ', because it took longer than Argo CD allows'
            : ''
        }.`,
        ...(since && { since }),
        object,
      },
    ];
  }
  const waiting =
    operation?.phase === 'Running' && waitingReason(operation, application);
  return waiting ? [{ ...waiting, ...(since && { since }) }] : [];
}

function waitingReason(
  operation: Operation,
  application: Application,
): HealthReason | undefined {
  const message = operation.message ?? '';
  const window = SYNC_WINDOW.exec(message)?.groups;
  if (window) {
    return {
      code: 'sync-waiting',
      text: window.error
        ? `The sync${startOf(
            operation,
          )} is blocked by a sync window that Argo CD cannot evaluate: ${asSentence(
            window.error,
          )}`
        : `The sync${startOf(
            operation,
          )} is blocked by a sync window of the project ${
            application.spec.project
          }, and continues when the window allows it.`,
      object: { kind: 'Application', name: application.metadata.name },
    };
  }
  const hooks = runningHooks(operation);
  const { what, kind, name, more } = WAITING.exec(message)?.groups ?? {};
  if (kind && name) {
    return {
      code: 'sync-waiting',
      text: `The sync${startOf(operation)} is waiting for ${waitedFor(
        { what, kind, name, more: Number(more ?? 0) },
        application,
      )}.`,
      object: { kind, name },
    };
  }
  const [hook] = hooks;
  return hook
    ? {
        code: 'sync-waiting',
        text: `The sync${startOf(operation)} is waiting for ${hookName(
          hook,
        )} to complete.`,
        object: { kind: hook.kind, name: hook.name },
      }
    : undefined;
}

function waitedFor(
  waited: { what: string; kind: string; name: string; more: number },
  { status }: Application,
): string {
  const { what, kind, name, more } = waited;
  const result = status.operationState?.syncResult?.resources?.find(
    each => each.kind === kind && each.name === name,
  );
  const others = more > 0 ? ` and ${formatCount(more, 'other', 'others')}` : '';
  const subject = `${kind} ${name}${others}`;
  switch (what) {
    case 'completion of hook':
      return `${hookName({
        hookType: result?.hookType,
        kind,
        name,
      })}${others} to complete`;
    case 'deletion of hook':
      return `the deletion of the hook ${subject}`;
    case 'deletion of':
      return `the deletion of ${subject}`;
    case 'pruning confirmation of':
      return `somebody to confirm in Argo CD that ${subject} may be deleted`;
    default: {
      const health = status.resources?.find(
        each => each.kind === kind && each.name === name,
      )?.health;
      const state = health?.status?.toLowerCase();
      const detail = [
        state && `it is ${state}`,
        health?.message && redactAddresses(health.message),
      ]
        .filter(Boolean)
        .join(': ');
      return `${subject} to become healthy before it applies the rest${
        detail && ` (${detail})`
      }`;
    }
  }
}

function runningHooks({ syncResult }: Operation) {
  return (syncResult?.resources ?? []).filter(
    ({ hookType, hookPhase }) => hookType && hookPhase === 'Running',
  );
}

function hookName({
  hookType,
  kind,
  name,
}: {
  hookType?: string;
  kind: string;
  name: string;
}): string {
  return `the ${hookType ? `${hookType} ` : ''}hook ${kind} ${name}`;
}

function startOf({ startedAt }: Operation): string {
  return startedAt ? `, running since ${formatTime(startedAt)},` : '';
}

/**
 * Phases of a deletion, by the finalizer that stands for them, in their order.
 *
 * @see argoproj/argo-cd v3.5.3 pkg/apis/application/v1alpha1/application_defaults.go
 */
const DELETION_PHASES = [
  ['pre-delete-finalizer.argocd.argoproj.io', 'its PreDelete hooks'],
  ['resources-finalizer.argocd.argoproj.io', 'the deletion of its resources'],
  ['post-delete-finalizer.argocd.argoproj.io', 'its PostDelete hooks'],
];

function deletionReason(
  { metadata, status }: Application,
  since: string,
): HealthReason {
  const { name, finalizers = [] } = metadata;
  const unconfirmed = (status.resources ?? []).filter(
    ({ requiresDeletionConfirmation }) => requiresDeletionConfirmation,
  );
  const argoCdPhase = DELETION_PHASES.find(([finalizer]) =>
    finalizers.some(each => each.startsWith(finalizer)),
  )?.[1];
  const waits =
    argoCdPhase ??
    (finalizers.length > 0
      ? `the ${
          finalizers.length === 1 ? 'finalizer' : 'finalizers'
        } ${formatList(finalizers)}`
      : undefined);
  const confirmation =
    unconfirmed.length > 0
      ? ` Somebody has to confirm in Argo CD that ${formatList(
          unconfirmed.map(each => `${each.kind} ${each.name}`),
        )} may be deleted.`
      : '';
  return {
    code: 'sync-waiting',
    text: `Argo CD has been deleting the Application since ${formatTime(
      since,
    )}${waits ? `, and waits for ${waits}` : ''}.${confirmation}`,
    since,
    object: { kind: 'Application', name },
  };
}
