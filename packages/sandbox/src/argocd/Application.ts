import type { DirectoryOptions } from '@internal/platform-rules';
import type { KubernetesObject } from '../kubernetes/KubernetesObject';
import type { HealthStatus } from './health';

export const ARGOCD_NAMESPACE = 'argocd';
/** Finalizer that deletes the objects of an Application together with it. */
export const RESOURCES_FINALIZER = 'resources-finalizer.argocd.argoproj.io';

export type ApplicationSource = {
  repoURL: string;
  targetRevision: string;
  path: string;
  directory?: DirectoryOptions;
};

export type ApplicationSpec = {
  project: string;
  source: ApplicationSource;
  destination: { server: string; namespace?: string };
  syncPolicy?: {
    automated?: { prune?: boolean; selfHeal?: boolean; allowEmpty?: boolean };
    syncOptions?: string[];
  };
};

export type ResourceStatus = {
  group?: string;
  version: string;
  kind: string;
  namespace?: string;
  name: string;
  /** Undefined for hooks, which are not compared. */
  status?: 'Synced' | 'OutOfSync' | 'Unknown';
  hook?: boolean;
  requiresPruning?: boolean;
};

export type SyncPhase = 'PreSync' | 'Sync' | 'PostSync' | 'SyncFail';

export type ResourceResult = {
  group: string;
  version: string;
  kind: string;
  namespace: string;
  name: string;
  status: 'Synced' | 'SyncFailed' | 'Pruned' | 'PruneSkipped';
  message: string;
  /** Images of objects with pods. */
  images?: string[];
  /** Phase of the sync that a hook belongs to; undefined for other objects. */
  hookType?: SyncPhase;
  hookPhase?: string;
  syncPhase: SyncPhase;
};

export type HistoryEntry = {
  id: number;
  revision: string;
  source: ApplicationSource;
  deployStartedAt: string;
  deployedAt: string;
  initiatedBy: { automated: true };
};

export type OperationState = {
  /** `Running` while hooks run, and for a failed sync that will be retried. */
  phase: 'Succeeded' | 'Failed' | 'Running';
  message: string;
  retryCount?: number;
  startedAt: string;
  /** Undefined while hooks run. */
  finishedAt?: string;
  operation: object;
  syncResult: {
    revision: string;
    source: ApplicationSource;
    resources: ResourceResult[];
  };
};

export type ApplicationCondition = {
  type: 'ComparisonError' | 'InvalidSpecError' | 'SyncError';
  message: string;
  lastTransitionTime: string;
};

export type ApplicationStatus = {
  sync: {
    status: 'Synced' | 'OutOfSync' | 'Unknown';
    revision: string;
    comparedTo: object;
  };
  health: { status: HealthStatus; lastTransitionTime: string };
  resources?: ResourceStatus[];
  conditions?: ApplicationCondition[];
  history?: HistoryEntry[];
  operationState?: OperationState;
  [field: string]: unknown;
};

export type Application = KubernetesObject<
  ApplicationSpec,
  ApplicationStatus
> & {
  spec: ApplicationSpec;
};

/** State of an Application that is persisted across restarts of the sandbox. */
export interface SavedApplication {
  creationTimestamp: string;
  /** `Build.inputs` of the last successful sync. */
  inputs: string;
  history: HistoryEntry[];
  operationState: OperationState;
}
