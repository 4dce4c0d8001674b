import type { PlatformFiles } from '../PlatformFiles';
import type { Plan } from '../readPlan';
import { rendered, type RenderedFiles } from './rendered';

const SERVER = 'gitops/platform/portal-server/base';

/** Variables of the portal's server that the plan decides. Empty for a platform without manifests of the server. */
export function portalFiles(plan: Plan, files: PlatformFiles): RenderedFiles {
  if (!files.has(`${SERVER}/kustomization.yaml`)) {
    return new Map();
  }
  const { host, pathname } = new URL(plan.repositoryUrl);
  return new Map([
    [
      `${SERVER}/platform-repository.yaml`,
      rendered(`apiVersion: v1
kind: ConfigMap
metadata:
  name: portal-platform-repository
data:
  FORGE_HOST: ${host}
  PLATFORM_REPOSITORY: ${pathname.slice(1).replace(/\.git$/, '')}
`),
    ],
  ]);
}
