import { randomBytes } from 'node:crypto';

export const ARGOCD_NAMESPACE = 'argocd';

/** The portal's account in Argo CD. */
export const ARGOCD_ACCOUNT = 'backstage';

interface ArgocdSecrets {
  /** Output of `argocd account bcrypt`. */
  adminPasswordHash: string;
  webhookSecret: string;
}

/** Objects that override the default configuration of Argo CD's module. */
export function argocdConfiguration(options: {
  url: string;
  secrets: ArgocdSecrets;
  /** Credentials for all repositories of the forge. */
  forge: { url: string; username: string; password: string };
}): object[] {
  const { url, secrets, forge } = options;
  const viewer = ['applications', 'logs', 'applicationsets'].map(
    resource => `p, role:viewer, ${resource}, get, */*, allow`,
  );
  const viewerOfGlobals = ['projects', 'repositories', 'clusters'].map(
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
        ...viewerOfGlobals,
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

/** The labels of configuration that Argo CD reads. */
function partOf(name: string) {
  return {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/part-of': 'argocd',
  };
}
