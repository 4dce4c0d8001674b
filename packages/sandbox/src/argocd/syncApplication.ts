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
import { groupOf, identity } from './tracking';
import { qualifiedName } from '../kubernetes/ResourceType';

/** What others need is applied first; kinds that are not named come after these. */
const ORDER = [
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

/** One sync operation: applies what is wanted, deletes what no longer is, and tells what came of it. */
export function syncApplication(options: {
  application: Application;
  project: KubernetesObject;
  desired: Draft[];
  /** What the Application has made so far. */
  tracked: KubernetesObject[];
  revision: string;
  applier: Applier;
  store: ObjectStore;
  now: number;
}): OperationState {
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
  const ordered = [...desired].sort((one, other) => rank(one) - rank(other));
  const invalid = ordered.flatMap(object => {
    const problem = taskProblem(object, application, project);
    // Not even tried: there is no phase of trying.
    return problem
      ? [{ ...failure(object, problem), hookPhase: undefined }]
      : [];
  });
  const wanted = new Set(desired.map(identity));
  const resources = invalid.length
    ? invalid
    : [
        ...tracked
          .filter(object => !wanted.has(identity(object)))
          .map(object => pruneOne(object, store, prune)),
        ...ordered
          .filter(
            object =>
              !syncOptions.includes('ApplyOutOfSyncOnly=true') ||
              !applier.isSynced(object),
          )
          .map(object =>
            applyOne(
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

function rank({ kind }: Draft): number {
  const index = ORDER.indexOf(kind);
  return index < 0 ? ORDER.length : index;
}

function taskProblem(
  object: Draft,
  application: Application,
  project: KubernetesObject,
): string | undefined {
  const { apiVersion, kind, metadata } = object;
  if (!findResourceType(object)) {
    return `The Kubernetes API could not find ${groupOf(
      apiVersion,
    )}/${kind} for requested resource ${metadata.namespace ?? ''}/${
      metadata.name
    }. Make sure the "${kind}" CRD is installed on the destination cluster.`;
  }
  return objectProblem(object, application, project);
}

function applyOne(
  object: Draft,
  applier: Applier,
  serverSide: boolean,
): ResourceResult {
  try {
    const done = applier.apply(object);
    const images = imagesOf([object]);
    return {
      ...result(object),
      ...(images.length > 0 && { images }),
      status: 'Synced',
      hookPhase: 'Running',
      message: `${display(object)} ${serverSide ? 'serverside-applied' : done}`,
    };
  } catch (error) {
    if (error instanceof StatusError) {
      return failure(object, error.message);
    }
    throw error;
  }
}

function pruneOne(
  object: KubernetesObject,
  store: ObjectStore,
  prune: boolean,
): ResourceResult {
  const options =
    object.metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? '';
  if (!prune || /Prune=(false|confirm)/.test(options)) {
    return {
      ...result(object),
      status: 'PruneSkipped',
      message: 'ignored (no prune)',
    };
  }
  store.delete(object);
  return {
    ...result(object),
    status: 'Pruned',
    hookPhase: 'Succeeded',
    message: 'pruned',
  };
}

function failure(object: Draft, message: string): ResourceResult {
  return {
    ...result(object),
    status: 'SyncFailed',
    hookPhase: 'Failed',
    message,
  };
}

function result({ apiVersion, kind, metadata }: Draft) {
  const { namespace = '', name } = metadata;
  const version = apiVersion.split('/').pop() ?? '';
  return {
    group: groupOf(apiVersion),
    version,
    kind,
    namespace,
    name,
    syncPhase: 'Sync',
  } as const;
}

/** `deployment.apps/ml-backend` */
function display(object: Draft): string {
  const type = findResourceType(object);
  const { name } = object.metadata;
  return `${
    type
      ? qualifiedName(type).replace(type.plural, type.singular)
      : object.kind.toLowerCase()
  }/${name}`;
}
