import {
  type Draft,
  type KubernetesObject,
  timestamp,
} from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import { findResourceType } from '../kubernetes/resourceTypes';
import { StatusError } from '../kubernetes/StatusError';
import type {
  Application,
  OperationState,
  ResourceResult,
} from './Application';
import type { Applier } from './Applier';
import { objectProblem } from './projects';
import { imagesOf } from './applicationStatus';
import { resourceId } from './tracking';
import { apiGroup, qualifiedName } from '../kubernetes/ResourceType';

/** Order in which kinds are applied; other kinds follow. */
const KIND_ORDER = [
  'Namespace',
  'ResourceQuota',
  'LimitRange',
  'NetworkPolicy',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'PersistentVolumeClaim',
  'Role',
  'RoleBinding',
  'Service',
];

export interface SyncApplicationOptions {
  application: Application;
  project: KubernetesObject;
  desired: Draft[];
  /** Objects that the Application has created and still owns. */
  tracked: KubernetesObject[];
  revision: string;
  applier: Applier;
  store: ObjectStore;
  now: number;
}

/** Returns true if Argo CD does not start a sync, because a kind is unknown or the AppProject forbids an object. */
export function hasInvalidTasks({
  desired,
  application,
  project,
}: Pick<
  SyncApplicationOptions,
  'desired' | 'application' | 'project'
>): boolean {
  return desired.some(object => taskProblem(object, application, project));
}

/** Performs a sync operation: applies the desired objects and prunes the others. */
export function syncApplication(
  options: SyncApplicationOptions,
): OperationState {
  const {
    application,
    project,
    desired,
    tracked,
    revision,
    applier,
    store,
    now,
  } = options;
  const { source, syncPolicy } = application.spec;
  const syncOptions = syncPolicy?.syncOptions ?? [];
  const prune = syncPolicy?.automated?.prune ?? false;
  const ordered = [...desired].sort(
    (one, other) => kindRank(one) - kindRank(other),
  );
  const invalid = ordered.flatMap(object => {
    const problem = taskProblem(object, application, project);
    // An invalid task is not started, so it has no phase.
    return problem
      ? [{ ...failedResult(object, problem), hookPhase: undefined }]
      : [];
  });
  const desiredIds = new Set(desired.map(resourceId));
  const resources = invalid.length
    ? invalid
    : [
        ...tracked
          .filter(object => !desiredIds.has(resourceId(object)))
          .map(object => pruneObject(object, store, prune)),
        ...ordered
          .filter(
            object =>
              !syncOptions.includes('ApplyOutOfSyncOnly=true') ||
              !applier.isSynced(object),
          )
          .map(object =>
            applyObject(
              object,
              applier,
              syncOptions.includes('ServerSideApply=true'),
            ),
          ),
      ];
  const failed = [
    ...new Set(
      resources
        .filter(({ status }) => status === 'SyncFailed')
        .map(({ message }) => message),
    ),
  ];
  const time = timestamp(now);
  return {
    operation: {
      initiatedBy: { automated: true },
      retry: { limit: 5 },
      sync: {
        prune,
        revision,
        source,
        ...(syncOptions.length > 0 && { syncOptions }),
      },
    },
    phase: failed.length > 0 ? 'Failed' : 'Succeeded',
    message: operationMessage(failed, invalid.length > 0),
    startedAt: time,
    finishedAt: time,
    syncResult: { resources, revision, source },
  };
}

function operationMessage(failed: string[], isInvalid: boolean): string {
  if (failed.length === 0) {
    return 'successfully synced (all tasks run)';
  }
  return isInvalid
    ? `one or more synchronization tasks are not valid: ${failed
        .sort()
        .join('; ')}`
    : `one or more synchronization tasks completed unsuccessfully, reason: ${failed.join(
        ',',
      )}`;
}

function kindRank({ kind }: Draft): number {
  const index = KIND_ORDER.indexOf(kind);
  return index < 0 ? KIND_ORDER.length : index;
}

function taskProblem(
  object: Draft,
  application: Application,
  project: KubernetesObject,
): string | undefined {
  const { apiVersion, kind, metadata } = object;
  if (!findResourceType(object)) {
    return `The Kubernetes API could not find ${apiGroup(
      apiVersion,
    )}/${kind} for requested resource ${metadata.namespace ?? ''}/${
      metadata.name
    }. Make sure the "${kind}" CRD is installed on the destination cluster.`;
  }
  return objectProblem(object, application, project);
}

/** Applies an object. @returns its result, which is `Running` until its health is known. */
export function applyObject(
  object: Draft,
  applier: Applier,
  serverSide: boolean,
): ResourceResult {
  try {
    const applied = applier.apply(object);
    const images = imagesOf([object]);
    return {
      ...baseResult(object),
      ...(images.length > 0 && { images }),
      status: 'Synced',
      hookPhase: 'Running',
      message: `${displayName(object)} ${
        serverSide ? 'serverside-applied' : applied
      }`,
    };
  } catch (error) {
    if (error instanceof StatusError) {
      return failedResult(object, error.message);
    }
    throw error;
  }
}

function pruneObject(
  object: KubernetesObject,
  store: ObjectStore,
  prune: boolean,
): ResourceResult {
  const options =
    object.metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? '';
  if (!prune || /Prune=(false|confirm)/.test(options)) {
    return {
      ...baseResult(object),
      status: 'PruneSkipped',
      message: 'ignored (no prune)',
    };
  }
  store.delete(object);
  return {
    ...baseResult(object),
    status: 'Pruned',
    hookPhase: 'Succeeded',
    message: 'pruned',
  };
}

function failedResult(object: Draft, message: string): ResourceResult {
  return {
    ...baseResult(object),
    status: 'SyncFailed',
    hookPhase: 'Failed',
    message,
  };
}

function baseResult({ apiVersion, kind, metadata }: Draft) {
  const { namespace = '', name } = metadata;
  const version = apiVersion.split('/').pop() ?? '';
  return {
    group: apiGroup(apiVersion),
    version,
    kind,
    namespace,
    name,
    syncPhase: 'Sync',
  } as const;
}

/** Formats the name of an object as kubectl does, for example `deployment.apps/ml-backend`. */
function displayName(object: Draft): string {
  const type = findResourceType(object);
  const { name } = object.metadata;
  return `${
    type
      ? qualifiedName(type).replace(type.plural, type.singular)
      : object.kind.toLowerCase()
  }/${name}`;
}
