import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { PlatformFiles } from '../PlatformFiles';
import type { Plan } from '../readPlan';
import { atRoot, IN_CLUSTER } from './argocd';
import {
  BOOTSTRAP_DIRECTORY,
  kustomization,
  list,
  rendered,
  scalar,
  type RenderedFiles,
} from './rendered';

export type Cluster = Plan['clusters'][number];
type Rehearsal = Plan['rehearsals'][number];

const COMMENTS = {
  eks: 'An EKS cluster.',
  kind: "A Kind cluster (infra/kind): the platform at a laptop's size, with the forge inside.",
  sandbox:
    "The sandbox's root: the same objects, pointed at the sandbox's forge.",
};

/**
 * Renders `gitops/bootstrap/<cluster>`: what is applied to it by hand once.
 *
 * @param argocd - the directory of the projects and ApplicationSets, relative to it
 */
export function clusterDirectory(
  plan: Plan,
  cluster: Cluster | Rehearsal,
  files: PlatformFiles,
  argocd: string,
): RenderedFiles {
  const directory = `${BOOTSTRAP_DIRECTORY}/${cluster.name}`;
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
        reject: [{ name: root }, { labelSelector: ml-platform.io/source=manifests }]
        fieldPaths: [spec.sources.1.helm.valueFiles.*]
        options: { delimiter: /, index: 1 }
      - select: { kind: Application }
        reject: [{ name: root }]
        fieldPaths: [spec.sources.0.path]
        options: { delimiter: /, index: 0 }
`
      : ''
  }`;
}
