import type { ForgeApi } from './ForgeApi';
import type { KubernetesApi } from './KubernetesApi';
import type { PlatformClone } from './PlatformClone';

/** A platform that holds the content of `platform/`, with Argo CD at work. */
export interface Target {
  kind: 'sandbox' | 'real';
  kubernetes: KubernetesApi;
  forge: ForgeApi;
  /** A work tree of the platform repository; what is committed there is what Argo CD deploys. */
  repository: PlatformClone;
  stop(): Promise<void>;
}
