import { TENANTS_DIRECTORY } from '@internal/plugin-ml-platform-common';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { PlatformFiles } from '../PlatformFiles';
import type { Plan, PlannedEnvironment } from '../readPlan';
import {
  appProject,
  atRoot,
  environmentsOf,
  IN_CLUSTER,
  platformApplicationSet,
  segmentCount,
  teamApplicationSets,
} from './argocd';
import {
  kustomization,
  list,
  rendered,
  scalar,
  type RenderedFiles,
} from './rendered';

type Cluster = Plan['clusters'][number];
type Rehearsal = Plan['rehearsals'][number];

const BOOTSTRAP = 'gitops/bootstrap';

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
      `${BOOTSTRAP}/${cluster.name}/argocd`,
      environments,
    ),
  ]);
}

/** Projects and ApplicationSets of all environments, for the clusters that have all of them. */
function commonDirectory(plan: Plan): RenderedFiles {
  const directory = `${BOOTSTRAP}/argocd`;
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

/** @param teams - teams with a share of the cluster's GPUs; all by default */
function platformObjects(
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

const COMMENTS = {
  eks: 'An EKS cluster.',
  kind: "A Kind cluster (infra/kind): the platform at a laptop's size, with the forge inside.",
  sandbox:
    "The sandbox's root: the same objects, pointed at the sandbox's forge.",
};

function clusterDirectory(
  plan: Plan,
  cluster: Cluster | Rehearsal,
  files: PlatformFiles,
  argocd: string,
): RenderedFiles {
  const directory = `${BOOTSTRAP}/${cluster.name}`;
  const url =
    'repositoryUrl' in cluster ? cluster.repositoryUrl : plan.repositoryUrl;
  const charts = chartRepositories(cluster, files);
  const hasRoot = cluster.type !== 'sandbox';
  const fields = `resources:
${list([
  argocd,
  'platform-repository.yaml',
  ...(hasRoot ? ['root.yaml'] : []),
  ...addOnDirectories(cluster, files).map(path => `../../${path}`),
])}${
    charts.length > 0
      ? `patches:
  - target: { kind: AppProject, name: platform }
    path: chart-repositories.yaml
`
      : ''
  }${replacements({ hasRoot, hasCharts: charts.length > 0 })}`;
  return new Map([
    [
      `${directory}/kustomization.yaml`,
      kustomization(fields, COMMENTS[cluster.type]),
    ],
    [
      `${directory}/platform-repository.yaml`,
      rendered(platformRepository(plan, url)),
    ],
    ...(hasRoot
      ? ([
          [
            `${directory}/root.yaml`,
            rendered(rootApplication(plan, directory)),
          ],
        ] as const)
      : []),
    ...(charts.length > 0
      ? ([
          [
            `${directory}/chart-repositories.yaml`,
            rendered(`# Where the platform's add-ons come from. Teams' projects have the platform repository alone.
${charts
  .map(
    repository =>
      `- op: add\n  path: /spec/sourceRepos/-\n  value: ${repository}\n`,
  )
  .join('')}`),
          ],
        ] as const)
      : []),
  ]);
}

/** The most specific directory of each add-on: of the cluster, of its type, or the base. */
function addOnDirectories(
  { name, type, addOns }: Cluster | Rehearsal,
  files: PlatformFiles,
): string[] {
  return addOns.map(
    addOn =>
      [`overlays/${name}`, `overlays/${type}`, 'base']
        .map(part => `platform/${addOn}/${part}`)
        .find(path => files.has(`gitops/${path}/kustomization.yaml`)) ??
      `platform/${addOn}`,
  );
}

const chartSchema = z.object({
  kind: z.literal('Application'),
  spec: z.object({
    sources: z.array(
      z.object({ repoURL: z.string(), chart: z.string().optional() }),
    ),
  }),
});

/** Addresses of the charts in the add-ons' Applications. */
function chartRepositories(
  { addOns }: Cluster | Rehearsal,
  files: PlatformFiles,
): string[] {
  const repositories = addOns
    .flatMap(addOn => files.below(`gitops/platform/${addOn}`))
    .filter(file => file.endsWith('.yaml'))
    .flatMap(file => parseAllDocuments(files.get(file) ?? ''))
    .flatMap(document => {
      const parsed = document.errors.length
        ? undefined
        : chartSchema.safeParse(document.toJS({ maxAliasCount: 0 }));
      return parsed?.success ? parsed.data.spec.sources : [];
    })
    .filter(({ chart }) => chart !== undefined)
    .map(({ repoURL }) => repoURL);
  return [...new Set(repositories)].sort();
}

function platformRepository(plan: Plan, url: string): string {
  return `# Only a source for the replacements; never applied.
apiVersion: v1
kind: ConfigMap
metadata:
  name: platform-repository
  annotations:
    config.kubernetes.io/local-config: 'true'
data:
  branch: ${scalar(plan.repository.branch)}
  root: ${scalar(plan.repository.root || '.')}
  url: ${url}
`;
}

function rootApplication(plan: Plan, directory: string): string {
  return `# Applied by hand once; from then on it applies this directory, itself included.
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: root
  namespace: argocd
spec:
  project: platform
  source:
    repoURL: ${plan.repositoryUrl}
    targetRevision: ${plan.repository.branch}
    path: ${atRoot(plan, directory)}
  destination:
    server: ${IN_CLUSTER}
    namespace: argocd
  syncPolicy:
    automated:
      # What leaves this directory is removed by a person: an ApplicationSet that goes takes its Applications along.
      prune: false
      selfHeal: true
    syncOptions:
      - ServerSideApply=true
`;
}

/** Puts the repository of the cluster into all objects, and into the add-ons, which are written by hand. */
function replacements(has: { hasRoot: boolean; hasCharts: boolean }): string {
  return `replacements:
  - source:
      kind: ConfigMap
      name: platform-repository
      fieldPath: data.url
    targets:
      - select: { kind: AppProject }
        fieldPaths: [spec.sourceRepos.0]
      - select: { kind: ApplicationSet }
        fieldPaths:
          - spec.generators.0.git.repoURL
          - spec.template.spec.source.repoURL
${
  has.hasRoot
    ? `      - select: { kind: Application, name: root }
        fieldPaths: [spec.source.repoURL]
`
    : ''
}${
    has.hasCharts
      ? `      - select: { kind: Application }
        reject: [{ name: root }]
        fieldPaths: [spec.sources.0.repoURL]
  - source:
      kind: ConfigMap
      name: platform-repository
      fieldPath: data.branch
    targets:
      - select: { kind: Application }
        reject: [{ name: root }]
        fieldPaths: [spec.sources.0.targetRevision]
  - source:
      kind: ConfigMap
      name: platform-repository
      fieldPath: data.root
    targets:
      - select: { kind: Application }
        reject: [{ name: root }]
        fieldPaths: [spec.sources.1.helm.valueFiles.*]
        options: { delimiter: /, index: 1 }
`
      : ''
  }`;
}
