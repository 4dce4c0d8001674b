// `yarn kind:up`: a Kind cluster with the forge, Argo CD and the whole platform repository on it. May be run again at any time.
import { join, relative } from 'node:path';
import { root } from '../setup/directories.mjs';
import { runMain } from '../setup/problem.mjs';
import { step } from '../setup/report.mjs';
import { installChart } from './charts.mjs';
import {
  clusterExists,
  createCluster,
  exportCredentials,
  kubeconfig,
} from './cluster.mjs';
import { simulateGpus } from './gpus.mjs';
import { Kubectl } from './Kubectl.mjs';
import { variablesFile, writePortalVariables } from './portalVariables.mjs';
import { checkMachine } from './preflight.mjs';
import {
  createDatabaseSecrets,
  createSecret,
  randomPassword,
} from './secrets.mjs';
import { seedForge } from './seedForge.mjs';

const GITEA = 'http://127.0.0.1:7020';
const GITEA_INSIDE = 'http://gitea-http.gitea.svc.cluster.local:3000';
const PORTAL_TOKEN_LIFE = '720h';

async function main() {
  // Without Kind or Docker there is none, and the check says which is missing.
  const exists = await clusterExists().catch(() => false);
  await checkMachine({ clusterExists: exists });
  if (!exists) {
    await step(
      { title: 'Creating the cluster', usually: '2 minutes' },
      createCluster,
    );
  }
  const { certificateFile } = await exportCredentials();
  const kubectl = new Kubectl(kubeconfig);
  await simulateGpus(kubectl, {
    selector: 'ml-platform.io/pool=gpu',
    count: 4,
  });

  const administrator = await createAdministrators(kubectl);
  await step({ title: 'Installing Gitea', usually: '2 minutes' }, () =>
    installChart('gitea', kubeconfig),
  );
  const tokens = await step(
    { title: 'Filling the platform repository', usually: '5 seconds' },
    () => seedForge({ url: GITEA, administrator }),
  );
  await step({ title: 'Installing Argo CD', usually: '2 minutes' }, () =>
    installChart('argocd', kubeconfig),
  );
  await kubectl.apply([forgeCredentials(tokens.argocd)]);
  await kubectl.apply(join(root, 'infra/gitops/bootstrap/kind'));
  await step(
    { title: 'Waiting for the teams’ namespaces', usually: '1 minute' },
    () => createDatabaseSecrets(kubectl),
  );

  const kubernetesToken = await kubectl.run([
    'create',
    'token',
    'portal',
    '--namespace=ml-platform-portal',
    `--duration=${PORTAL_TOKEN_LIFE}`,
  ]);
  writePortalVariables({
    giteaToken: tokens['portal-bot'],
    kubernetesToken: kubernetesToken.trim(),
    certificateFile,
  });
  console.log(invitation(administrator));
  return 0;
}

/** Gitea's administrator, who is also the one that merges, and Grafana's. Their namespaces come before their charts. */
async function createAdministrators(kubectl) {
  await kubectl.apply(
    ['gitea', 'argocd', 'data-platform-monitoring'].map(name => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    })),
  );
  const password = randomPassword();
  await createSecret(kubectl, {
    name: 'gitea-admin',
    namespace: 'gitea',
    data: { username: 'platform-engineer', password },
  });
  await createSecret(kubectl, {
    name: 'grafana-admin',
    namespace: 'data-platform-monitoring',
    data: { 'admin-user': 'admin', 'admin-password': randomPassword() },
  });
  const answer = await kubectl.run([
    'get',
    'secret',
    'gitea-admin',
    '--namespace=gitea',
    '--output=json',
  ]);
  const { data } = JSON.parse(answer);
  const decode = value => Buffer.from(value, 'base64').toString();
  return { username: decode(data.username), password: decode(data.password) };
}

function forgeCredentials(token) {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'forge',
      namespace: 'argocd',
      labels: { 'argocd.argoproj.io/secret-type': 'repo-creds' },
    },
    stringData: {
      type: 'git',
      url: GITEA_INSIDE,
      username: 'argocd',
      password: token,
    },
  };
}

function invitation({ username }) {
  const config = `--kubeconfig ${relative(root, kubeconfig)}`;
  const secret = (name, namespace, key) =>
    `kubectl ${config} get secret ${name} -n ${namespace} -o go-template='{{index .data "${key}" | base64decode}}'`;
  return `
The cluster is up. Images are still being pulled; to see how far it is:
  kubectl ${config} get applications -n argocd

  Gitea     http://127.0.0.1:7020  as ${username}; password:
            ${secret('gitea-admin', 'gitea', 'password')}
  Argo CD   http://127.0.0.1:7022  as admin; password:
            ${secret('argocd-initial-admin-secret', 'argocd', 'password')}
  Grafana   http://127.0.0.1:7023  as admin; password:
            ${secret(
              'grafana-admin',
              'data-platform-monitoring',
              'admin-password',
            )}

To start the portal on it (once "npm start" has built the app):
  set -a; . ${relative(root, variablesFile)}; set +a
  yarn workspace backend start --config ../../app-config.yaml --config ../../app-config.kind.yaml

"yarn kind:down" removes the cluster and everything in it.`;
}

await runMain(main);
