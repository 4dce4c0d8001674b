/** URL of the platform repository in manifests. */
export const REPOSITORY_URL = 'http://127.0.0.1:7010/acme/platform.git';
/** Directory of the workload `web`. */
export const WEB_DIRECTORY = 'infra/gitops/workloads/team/web';

const applicationSet = (name: string, path: string, spec: object) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'ApplicationSet',
  metadata: { name, namespace: 'argocd' },
  spec: {
    goTemplate: true,
    generators: [
      {
        git: {
          repoURL: REPOSITORY_URL,
          revision: 'main',
          directories: [
            { path },
            { path: 'infra/gitops/workloads/team/excluded/*/*', exclude: true },
          ],
        },
      },
    ],
    ...spec,
  },
});
const workloadApplicationSet = (
  name: string,
  path: string,
  suffix: string,
  options: { selfHeal: boolean; preserve?: boolean },
) =>
  applicationSet(name, path, {
    ...(options.preserve && {
      syncPolicy: {
        preserveResourcesOnDeletion: true,
        applicationsSync: 'create-update',
      },
    }),
    template: {
      metadata: {
        name: `team--{{index .path.segments 4}}--${suffix}`,
        labels: { 'ml-platform.io/workload': '{{index .path.segments 4}}' },
      },
      spec: {
        project: 'team',
        source: {
          repoURL: REPOSITORY_URL,
          targetRevision: 'main',
          path: '{{.path.path}}',
        },
        destination: {
          server: 'https://kubernetes.default.svc',
          namespace: 'team-dev',
        },
        syncPolicy: {
          automated: { prune: true, selfHeal: options.selfHeal },
          syncOptions: ['ServerSideApply=true'],
        },
      },
    },
  });

const BOOTSTRAP = [
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'platform' },
    spec: {
      sourceRepos: ['*'],
      destinations: [{ server: '*', namespace: '*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  },
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'team' },
    spec: {
      sourceRepos: [REPOSITORY_URL],
      destinations: [
        { server: 'https://kubernetes.default.svc', namespace: 'team-dev' },
      ],
      clusterResourceWhitelist: [],
      namespaceResourceBlacklist: [{ group: '', kind: 'ResourceQuota' }],
    },
  },
  applicationSet('tenants', 'infra/gitops/tenants/*/overlays/*', {
    template: {
      metadata: {
        name: 'tenant--{{index .path.segments 3}}--{{.path.basename}}',
      },
      spec: {
        project: 'platform',
        source: {
          repoURL: REPOSITORY_URL,
          targetRevision: 'main',
          path: '{{.path.path}}',
        },
        destination: { server: 'https://kubernetes.default.svc' },
        syncPolicy: { automated: { prune: false, selfHeal: true } },
      },
    },
  }),
  workloadApplicationSet(
    'dev',
    'infra/gitops/workloads/team/*/overlays/dev',
    'dev',
    {
      selfHeal: true,
    },
  ),
  workloadApplicationSet(
    'prod',
    'infra/gitops/workloads/team/*/overlays/prod',
    'prod',
    {
      selfHeal: true,
      preserve: true,
    },
  ),
  workloadApplicationSet(
    'runs',
    'infra/gitops/workloads/team/*/runs/dev',
    'dev--runs',
    {
      selfHeal: false,
    },
  ),
];

/** Manifest of a Deployment with one container. */
export const deploymentJson = (
  name: string,
  options: {
    labels?: object;
    deadline?: number;
    image?: string;
    gpus?: number;
  } = {},
) =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      progressDeadlineSeconds: options.deadline ?? 60,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, ...options.labels } },
        spec: {
          containers: [
            {
              name: 'server',
              image: options.image ?? 'example.com/web:1',
              ...(options.gpus && {
                resources: { limits: { 'nvidia.com/gpu': options.gpus } },
              }),
            },
          ],
        },
      },
    },
  });
/** Manifest of a Job that runs for one second. */
export const jobJson = (name: string, labels: object = {}) =>
  JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      backoffLimit: 0,
      template: {
        metadata: {
          labels,
          annotations: { 'simulation.ml-platform.io/run-seconds': '1' },
        },
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'train', image: 'example.com/train:1' }],
        },
      },
    },
  });
/** Manifest of a Service. */
export const serviceJson = (name: string) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { ports: [{ port: 80 }] },
  });
/** A kustomization of the given resources. */
export const kustomization = (...resources: string[]) =>
  JSON.stringify({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources,
  });

const TENANT_DIRECTORY = 'infra/gitops/tenants/team/overlays/dev';
/** Files of a platform repository with one tenant and one workload. */
export const PLATFORM_FILES = {
  'infra/gitops/bootstrap/sandbox/kustomization.yaml':
    kustomization('all.yaml'),
  'infra/gitops/bootstrap/sandbox/all.yaml': BOOTSTRAP.map(object =>
    JSON.stringify(object),
  ).join('\n---\n'),
  [`${TENANT_DIRECTORY}/kustomization.yaml`]: kustomization(
    'namespace.yaml',
    'quota.yaml',
  ),
  [`${TENANT_DIRECTORY}/namespace.yaml`]:
    '{apiVersion: v1, kind: Namespace, metadata: {name: team-dev}}',
  [`${TENANT_DIRECTORY}/quota.yaml`]:
    '{apiVersion: v1, kind: ResourceQuota, metadata: {name: tenant, namespace: team-dev}, spec: {hard: {services: "2"}}}',
  [`${WEB_DIRECTORY}/base/kustomization.yaml`]: kustomization(
    'deployment.yaml',
    'service.yaml',
  ),
  [`${WEB_DIRECTORY}/base/deployment.yaml`]: deploymentJson('web'),
  [`${WEB_DIRECTORY}/base/service.yaml`]: serviceJson('web'),
  [`${WEB_DIRECTORY}/overlays/dev/kustomization.yaml`]:
    kustomization('../../base'),
};
