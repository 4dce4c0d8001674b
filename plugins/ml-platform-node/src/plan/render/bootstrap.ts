import type { PlatformFiles } from '../PlatformFiles';
import type { Plan, PlannedEnvironment } from '../readPlan';
import { appProject, environmentsOf, teamApplicationSets } from './argocd';
import { type Cluster, clusterDirectory } from './clusterDirectory';
import { platformObjects } from './platformObjects';
import {
  BOOTSTRAP_DIRECTORY,
  kustomization,
  list,
  rendered,
  type RenderedFiles,
} from './rendered';

/** `gitops/bootstrap`: what is applied to each cluster once, and applies the rest. */
export function bootstrapFiles(
  plan: Plan,
  files: PlatformFiles,
): RenderedFiles {
  return new Map([
    ...commonDirectory(plan),
    ...plan.rehearsals.flatMap(rehearsal => [
      ...clusterDirectory(plan, rehearsal, files, '../argocd'),
    ]),
    ...plan.clusters.flatMap(cluster => [
      ...plannedCluster(plan, cluster, files),
    ]),
  ]);
}

function plannedCluster(
  plan: Plan,
  cluster: Cluster,
  files: PlatformFiles,
): RenderedFiles {
  const environments = plan.environments.filter(
    environment => environment.cluster === cluster.name,
  );
  if (environments.length === 0) {
    return new Map();
  }
  if (environments.length === plan.environments.length) {
    return clusterDirectory(plan, cluster, files, '../argocd');
  }
  return new Map([
    ...clusterDirectory(plan, cluster, files, 'argocd'),
    ...partialDirectory(
      plan,
      `${BOOTSTRAP_DIRECTORY}/${cluster.name}/argocd`,
      environments,
    ),
  ]);
}

/** Projects and ApplicationSets of all environments, for the clusters that have all of them. */
function commonDirectory(plan: Plan): RenderedFiles {
  const directory = `${BOOTSTRAP_DIRECTORY}/argocd`;
  const teams = plan.tenants.map(({ name }) => `../../tenants/${name}/argocd`);
  return new Map([
    ...platformObjects(plan, directory, ['*']),
    [
      `${directory}/kustomization.yaml`,
      argocdKustomization(
        teams,
        'Projects and ApplicationSets of the platform and of every tenant, for a cluster with all environments.',
      ),
    ],
  ]);
}

/** Projects and ApplicationSets for a cluster that has some of the environments. */
function partialDirectory(
  plan: Plan,
  directory: string,
  environments: PlannedEnvironment[],
): RenderedFiles {
  const names = environments.map(({ name }) => name);
  const tenants = plan.tenants
    .map(tenant => ({
      tenant,
      present: environmentsOf(tenant, environments),
    }))
    .filter(({ present }) => present.length > 0);
  return new Map([
    ...platformObjects(
      plan,
      directory,
      names,
      tenants.map(({ tenant }) => tenant.name),
    ),
    ...tenants.map(
      ({ tenant, present }) =>
        [
          `${directory}/${tenant.name}.yaml`,
          rendered(
            [
              appProject(plan, tenant, present),
              ...present.map(each => teamApplicationSets(plan, tenant, each)),
            ].join('---\n'),
          ),
        ] as const,
    ),
    [
      `${directory}/kustomization.yaml`,
      argocdKustomization(
        tenants.map(({ tenant }) => `${tenant.name}.yaml`),
        `Projects and ApplicationSets of the platform and of every tenant, for ${names.join(
          ', ',
        )}.`,
      ),
    ],
  ]);
}

function argocdKustomization(teams: string[], comment: string): string {
  return kustomization(
    `resources:\n${list([
      'project.yaml',
      'platform.yaml',
      'queues.yaml',
      'tenants.yaml',
      ...teams,
    ])}`,
    comment,
  );
}
