import type { KubernetesObject } from '../targets/KubernetesObject';

/** The fields of an Application that assertions wait for. */
export interface Application extends KubernetesObject {
  status?: {
    sync?: { status: string; revision?: string };
    health?: { status: string };
    conditions?: Array<{ type: string; message: string }>;
    history?: Array<{ id: number; revision: string }>;
    operationState?: {
      phase: string;
      message?: string;
      syncResult?: { revision: string; resources?: object[] };
    };
    [field: string]: unknown;
  };
}

export const APPLICATIONS =
  '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';

export function isSynced({ status }: Application, revision?: string): boolean {
  return (
    status?.sync?.status === 'Synced' &&
    status.operationState?.phase === 'Succeeded' &&
    (revision === undefined || status.sync.revision === revision)
  );
}

export function isHealthy({ status }: Application): boolean {
  return status?.health?.status === 'Healthy';
}
