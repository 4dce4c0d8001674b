import { join, resolve } from 'node:path';
import { portalEnvironment, suitePlatform } from '@internal/real-platform';
import type { PortalTarget } from './PortalTarget';

const ROOT = resolve(__dirname, '../../../..');

/** The real platform of `yarn real test`, with the configuration that `yarn real up` uses. */
export async function startRealTarget(): Promise<PortalTarget> {
  const platform = suitePlatform();
  const { gitea } = platform;
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
    // Other suites go on with it.
    stop: async () => {},
  };
}
