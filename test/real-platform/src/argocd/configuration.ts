import { randomBytes } from 'node:crypto';

export const ARGOCD_NAMESPACE = 'argocd';

/** Who the portal is in Argo CD. */
export const ARGOCD_ACCOUNT = 'backstage';

export interface ArgocdSecrets {
  /** As `argocd account bcrypt` makes it. */
  adminPasswordHash: string;
  webhookSecret: string;
}

/** What is applied over the configuration that Argo CD's module carries. */
export function argocdConfiguration(options: {
  url: string;
  secrets: ArgocdSecrets;
  /** How Argo CD reads every repository of the forge. */
  forge: { url: string; username: string; password: string };
}): object[] {
  const { url, secrets, forge } = options;
  const viewer = ['applications', 'logs', 'applicationsets'].map(
    resource => `p, role:viewer, ${resource}, get, */*, allow`,
  );
  const viewerOfAll = ['projects', 'repositories', 'clusters'].map(
    resource => `p, role:viewer, ${resource}, get, *, allow`,
  );
  return [
    configMap('argocd-cm', {
      url,
      'application.resourceTrackingMethod': 'annotation',
      'timeout.reconciliation': '30s',
      'timeout.reconciliation.jitter': '0s',
      [`accounts.${ARGOCD_ACCOUNT}`]: 'apiKey',
    }),
    configMap('argocd-rbac-cm', {
      'policy.default': '',
      'policy.csv': [
        ...viewer,
        ...viewerOfAll,
        `g, ${ARGOCD_ACCOUNT}, role:viewer`,
        '',
      ].join('\n'),
    }),
    secret('argocd-secret', partOf('argocd-secret'), {
      'admin.password': secrets.adminPasswordHash,
      'admin.passwordMtime': new Date().toISOString(),
      'server.secretkey': randomBytes(32).toString('base64'),
      'webhook.gogs.secret': secrets.webhookSecret,
    }),
    secret(
      'forge',
      { 'argocd.argoproj.io/secret-type': 'repo-creds' },
      { type: 'git', ...forge },
    ),
  ];
}

function configMap(name: string, data: Record<string, string>) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: ARGOCD_NAMESPACE, labels: partOf(name) },
    data,
  };
}

function secret(
  name: string,
  labels: Record<string, string>,
  stringData: Record<string, string>,
) {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: ARGOCD_NAMESPACE, labels },
    stringData,
  };
}

/** Argo CD reads only configuration that carries these labels. */
function partOf(name: string) {
  return {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': 'argocd',
  };
}
