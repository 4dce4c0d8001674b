/** An object that a team may not deploy, with Argo CD's message. */
export interface ForbiddenObject {
  /** The workload that contains the object. */
  workload: string;
  type: string;
  object: {
    apiVersion: string;
    kind: string;
    metadata: Metadata;
    [field: string]: unknown;
  };
  message: RegExp;
}

interface Metadata {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
}

const PROJECT = 'app-data-team';

function notPermitted(group: string, kind: string): RegExp {
  return new RegExp(
    `resource ${group}:${kind} is not permitted in project ${PROJECT}`,
  );
}

export const forbiddenObjects: ForbiddenObject[] = [
  {
    workload: 'foreign-namespace',
    type: 'configmap',
    object: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'foreign', namespace: 'app-ml-team-dev' },
    },
    message:
      /namespace app-ml-team-dev is not permitted in project 'app-data-team'/,
  },
  {
    workload: 'cluster-scoped',
    type: 'clusterrole',
    object: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'escaped' },
      rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
    },
    message: notPermitted('rbac.authorization.k8s.io', 'ClusterRole'),
  },
  {
    workload: 'own-namespace',
    type: 'namespace',
    object: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'app-data-team-playground' },
    },
    message: notPermitted('', 'Namespace'),
  },
  {
    workload: 'own-project',
    type: 'appproject.argoproj.io',
    object: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'app-data-team-own', namespace: 'argocd' },
      spec: {
        sourceRepos: ['*'],
        destinations: [{ server: '*', namespace: '*' }],
        clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      },
    },
    message: notPermitted('argoproj.io', 'AppProject'),
  },
  {
    workload: 'own-quota',
    type: 'resourcequota',
    object: {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'generous', namespace: 'app-data-team-dev' },
      spec: { hard: { pods: '1000' } },
    },
    message: notPermitted('', 'ResourceQuota'),
  },
  {
    workload: 'own-queue',
    type: 'localqueue.kueue.x-k8s.io',
    object: {
      apiVersion: 'kueue.x-k8s.io/v1beta2',
      kind: 'LocalQueue',
      metadata: { name: 'foreign', namespace: 'app-data-team-dev' },
      spec: { clusterQueue: 'app-ml-team' },
    },
    message: notPermitted('kueue.x-k8s.io', 'LocalQueue'),
  },
  {
    workload: 'own-report',
    type: 'vulnerabilityreport.aquasecurity.github.io',
    object: {
      apiVersion: 'aquasecurity.github.io/v1alpha1',
      kind: 'VulnerabilityReport',
      metadata: { name: 'clean', namespace: 'app-data-team-dev' },
    },
    message: notPermitted('aquasecurity.github.io', 'VulnerabilityReport'),
  },
  {
    workload: 'own-addresses',
    type: 'endpointslice',
    object: {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: 'elsewhere',
        namespace: 'app-data-team-dev',
        labels: { 'kubernetes.io/service-name': 'data-api' },
      },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.0.0.1'] }],
    },
    message: notPermitted('discovery.k8s.io', 'EndpointSlice'),
  },
  {
    workload: 'own-secret',
    type: 'secret',
    object: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'in-git', namespace: 'app-data-team-dev' },
      stringData: { password: 'x' },
    },
    message: notPermitted('', 'Secret'),
  },
  {
    workload: 'own-rights',
    type: 'rolebinding',
    object: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'admin', namespace: 'app-data-team-dev' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'admin',
      },
      subjects: [
        {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'Group',
          name: 'app-data-team',
        },
      ],
    },
    message: notPermitted('rbac.authorization.k8s.io', 'RoleBinding'),
  },
];

/** The files of the workloads below the team's directory, by path. */
export function filesOfForbiddenObjects(
  directory: string,
): Record<string, string> {
  return Object.fromEntries(
    forbiddenObjects.flatMap(({ workload, object }) => {
      const overlay = `${directory}/${workload}/overlays/dev`;
      return [
        [
          `${overlay}/kustomization.yaml`,
          JSON.stringify({
            apiVersion: 'kustomize.config.k8s.io/v1beta1',
            kind: 'Kustomization',
            resources: ['object.yaml'],
          }),
        ],
        [`${overlay}/object.yaml`, JSON.stringify(object)],
      ];
    }),
  );
}
