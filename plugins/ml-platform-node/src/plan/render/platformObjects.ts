import { TENANTS_DIRECTORY } from '@internal/plugin-ml-platform-common';
import type { Plan } from '../readPlan';
import {
  atRoot,
  IN_CLUSTER,
  platformApplicationSet,
  segmentCount,
} from './argocd';
import { rendered, type RenderedFiles } from './rendered';

/**
 * Renders what applies the platform's own objects, the queues and the tenants.
 *
 * @param teams - teams with a share of the cluster's GPUs; all by default
 */
export function platformObjects(
  plan: Plan,
  directory: string,
  environments: string[],
  teams = ['*'],
): RenderedFiles {
  const tenants = atRoot(plan, TENANTS_DIRECTORY);
  const team = `{{index .path.segments ${segmentCount(tenants)}}}`;
  return new Map([
    [`${directory}/project.yaml`, rendered(platformProject(plan))],
    [
      `${directory}/platform.yaml`,
      rendered(
        platformApplicationSet(plan, {
          comment:
            "What every cluster has of the platform's own objects. Add-ons that come as charts are Applications of bootstrap/<cluster>.",
          name: 'platform',
          preserve: 'Guards are not taken down because a directory went away.',
          directories: ['gitops/platform/queues', 'gitops/policies'].map(path =>
            atRoot(plan, path),
          ),
          applicationName: "'platform--{{.path.basename}}'",
          prune: true,
        }),
      ),
    ],
    [
      `${directory}/queues.yaml`,
      rendered(
        platformApplicationSet(plan, {
          comment:
            "One Application for each team's share of the GPUs: of the cluster, not of a namespace.",
          name: 'queues',
          preserve:
            'A queue with waiting runs is not deleted because a directory went away.',
          directories: teams.map(name => `${tenants}/${name}/queue`),
          applicationName: `'queue--${team}'`,
          prune: false,
        }),
      ),
    ],
    [
      `${directory}/tenants.yaml`,
      rendered(
        platformApplicationSet(plan, {
          comment: 'One Application for each tenant namespace.',
          name: 'tenants',
          preserve:
            "A tenant's namespace is never deleted because a directory went away.",
          directories: environments.map(
            name => `${tenants}/*/overlays/${name}`,
          ),
          applicationName: `'tenant--${team}--{{.path.basename}}'`,
          labels: `      labels:
        ml-platform.io/environment: '{{.path.basename}}'
`,
          prune: false,
        }),
      ),
    ],
  ]);
}

function platformProject(plan: Plan): string {
  return `# Only the platform team merges into what this project deploys (CODEOWNERS).
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: platform
  namespace: argocd
spec:
  description: What the platform team owns. Tenants first.
  sourceRepos:
    - ${plan.repositoryUrl}
  destinations:
    - server: ${IN_CLUSTER}
      namespace: '*'
  clusterResourceWhitelist:
    - group: '*'
      kind: '*'
`;
}
