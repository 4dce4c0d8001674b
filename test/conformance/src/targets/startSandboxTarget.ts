import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxAccounts, startSandbox } from '@internal/sandbox';
import { platformContent } from '../paths';
import { ForgeApi } from './ForgeApi';
import { KubernetesApi } from './KubernetesApi';
import { PlatformClone } from './PlatformClone';
import type { Target } from './Target';

export async function startSandboxTarget(): Promise<Target> {
  const directory = await mkdtemp(join(tmpdir(), 'conformance-sandbox-'));
  const sandbox = await startSandbox({
    stateDirectory: directory,
    seedDirectories: {
      infra: join(platformContent, 'infra'),
      templates: join(platformContent, 'templates'),
    },
    logger: { info() {}, warn() {}, error() {} },
  });
  const forge = new ForgeApi({
    url: sandbox.forgeUrl,
    repositoryUrl: sandbox.repositoryUrl,
    tokens: {
      'portal-bot': sandboxAccounts.portal.token,
      'platform-engineer': sandboxAccounts.platformEngineer.token,
      argocd: sandboxAccounts.argocd.token,
    },
  });
  const repository = await PlatformClone.create(forge);
  return {
    kind: 'sandbox',
    forge,
    repository,
    kubernetes: new KubernetesApi({
      url: sandbox.kubernetesUrl,
      token: sandboxAccounts.portal.token,
    }),
    stop: async () => {
      await sandbox.stop();
      await repository.remove();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
