// `yarn kind:up`: creates or updates a Kind cluster with Gitea, Argo CD and the platform repository.
import { join, relative } from 'node:path';
import { root } from '../setup/directories.mjs';
import { runMain } from '../setup/problem.mjs';
import { step } from '../setup/report.mjs';
import { createAddOnSecrets } from './addOnSecrets.mjs';
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
const PORTAL_TOKEN_LIFETIME = '720h';

async function main() {
  // Fails without Kind or Docker; the check below reports which one is missing.
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
  await createAddOnSecrets(kubectl);
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
    `--duration=${PORTAL_TOKEN_LIFETIME}`,
  ]);
  writePortalVariables({
    giteaToken: tokens['portal-bot'],
    kubernetesToken: kubernetesToken.trim(),
    certificateFile,
  });
  console.log(summary(administrator));
  return 0;
}

/** Creates the credentials of Gitea's administrator, who also merges change requests, and of Grafana's. */
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
  const secret = await kubectl.run([
    'get',
    'secret',
    'gitea-admin',
    '--namespace=gitea',
    '--output=json',
  ]);
  const { data } = JSON.parse(secret);
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

function summary({ username }) {
  const config = `--kubeconfig ${relative(root, kubeconfig)}`;
  const showSecret = (name, namespace, key) =>
    `kubectl ${config} get secret ${name} -n ${namespace} -o go-template='{{index .data "${key}" | base64decode}}'`;
  return `
The cluster is running. Images are still being pulled. To see the progress:
  kubectl ${config} get applications -n argocd

  Gitea     http://127.0.0.1:7020  as ${username}; password:
            ${showSecret('gitea-admin', 'gitea', 'password')}
  Argo CD   http://127.0.0.1:7022  as admin; password:
            ${showSecret('argocd-initial-admin-secret', 'argocd', 'password')}
  Ingresses http://127.0.0.1:7024, https://127.0.0.1:7025
  Grafana   http://127.0.0.1:7023  as admin; password:
            ${showSecret(
              'grafana-admin',
              'data-platform-monitoring',
              'admin-password',
            )}

To start the portal on it, after "npm start" has built the app:
  set -a; . ${relative(root, variablesFile)}; set +a
  yarn workspace backend start --config ../../app-config.yaml --config ../../app-config.kind.yaml

"yarn kind:down" removes the cluster and everything in it.`;
}

await runMain(main);
