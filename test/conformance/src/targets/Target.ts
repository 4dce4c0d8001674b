import type { ForgeApi } from './ForgeApi';
import type { KubernetesApi } from './KubernetesApi';
import type { PlatformClone } from './PlatformClone';

/** A platform with the content of `platform/`, which Argo CD deploys. */
export interface Target {
  kind: 'sandbox' | 'real';
  kubernetes: KubernetesApi;
  forge: ForgeApi;
  /** A clone of the platform repository, from which Argo CD deploys. */
  repository: PlatformClone;
  stop(): Promise<void>;
}
