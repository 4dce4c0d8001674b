import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import {
  portalEnvironment,
  startRealPlatform,
  testLogDirectory,
} from '@internal/real-platform';
import { eventually } from '@internal/plugin-ml-platform-node/testing';
import type { PortalTarget } from './PortalTarget';
import { trivyReport } from './trivyReport';

const ROOT = resolve(__dirname, '../../../..');

const SCANNER =
  'system:serviceaccount:data-platform-security-scanning:trivy-operator';

/** Starts a real platform, with the configuration of `yarn real up`. */
export async function startRealTarget(): Promise<PortalTarget> {
  const platform = await startRealPlatform({
    logDirectory: join(testLogDirectory, 'deployment'),
  });
  const { gitea, kubernetes } = platform;
  if (!gitea || !kubernetes) {
    throw new Error('The real platform started without Gitea or Kubernetes');
  }
  const kubectl = (args: string[], input?: string): string =>
    execFileSync('kubectl', [...args, '--kubeconfig', kubernetes.kubeconfig], {
      encoding: 'utf8',
      input,
    });
  return {
    configFiles: ['app-config.yaml', 'app-config.real.yaml'].map(file =>
      join(ROOT, file),
    ),
    environment: portalEnvironment(platform),
    cluster: 'real',
    forge: {
      url: gitea.url,
      platformEngineerToken: gitea.accounts['platform-engineer'].token,
    },
    scan: async ({ namespace, workload, container, image }) => {
      const replicaSet = await eventually(async () => {
        const { items } = JSON.parse(
          kubectl(
            `get replicasets -n ${namespace} -o json -l app.kubernetes.io/name=${workload}`.split(
              ' ',
            ),
          ),
        );
        if (items.length === 0) {
          throw new Error(`${workload} has no ReplicaSet yet`);
        }
        return items[0];
      });
      const [, server, repository, tag] =
        /^([^/]+)\/(.+):(.+)$/.exec(image) ?? [];
      const report = trivyReport({
        replicaSet,
        container,
        image: { server, repository, tag },
      });
      // As the scanner, the only one that may write reports; the group stands for its chart's rights.
      kubectl(
        ['create', `--as=${SCANNER}`, '--as-group=system:masters', '-f', '-'],
        JSON.stringify(report),
      );
    },
    stop: () => platform.stop(),
  };
}
