import { randomBytes } from 'node:crypto';

/** Groups by user of the API server. Kubernetes' role bindings and `readerRole` grant their rights. */
const GROUPS = {
  admin: 'system:masters',
  reader: '',
  outsider: '',
  'system:kube-controller-manager': '',
  'system:kube-scheduler': '',
};

export type ClusterUser = keyof typeof GROUPS;

/** A token for each user. */
export type ClusterTokens = Record<ClusterUser, string>;

export function createTokens(): ClusterTokens {
  return Object.fromEntries(
    Object.keys(GROUPS).map(user => [user, randomBytes(16).toString('hex')]),
  ) as ClusterTokens;
}

/** Formats the file for `--token-auth-file`. */
export function toTokenFile(tokens: ClusterTokens): string {
  return Object.entries(GROUPS)
    .map(
      ([user, group]) =>
        `${tokens[user as ClusterUser]},${user},${user},"${group}"\n`,
    )
    .join('');
}

/** The role of the portal, which can read the types that pages show and those that conformance compares, but no Secrets. */
export const readerRole = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'portal-reader' },
    rules: [
      {
        apiGroups: [''],
        resources: [
          'configmaps',
          'endpoints',
          'events',
          'limitranges',
          'namespaces',
          'nodes',
          'persistentvolumeclaims',
          'pods',
          'pods/log',
          'resourcequotas',
          'serviceaccounts',
          'services',
        ],
        verbs: ['get', 'list', 'watch'],
      },
      {
        apiGroups: [
          'apps',
          'aquasecurity.github.io',
          'argoproj.io',
          'autoscaling',
          'batch',
          'discovery.k8s.io',
          'events.k8s.io',
          'jobset.x-k8s.io',
          'kueue.x-k8s.io',
          'metrics.k8s.io',
          'monitoring.coreos.com',
          'networking.k8s.io',
          'policy',
          'scheduling.k8s.io',
          'storage.k8s.io',
          'trainer.kubeflow.org',
        ],
        resources: ['*'],
        verbs: ['get', 'list', 'watch'],
      },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'portal-reader' },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: 'portal-reader',
    },
    subjects: [
      {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'User',
        name: 'reader',
      },
    ],
  },
];
