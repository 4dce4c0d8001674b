import { join, resolve } from 'node:path';
import { ConfigReader, type AppConfig, type Config } from '@backstage/config';
import { ConfigSources } from '@backstage/config-loader';
import type { JsonObject } from '@backstage/types';
import { findProductionProblems } from '../findProductionProblems';

const ROOT = resolve(__dirname, '../../../../..');

const random = '0123456789abcdef'.repeat(4);

/** The variables of docs/guides/production.md, as the deployment sets them. */
const ENVIRONMENT: Record<string, string> = {
  ARGOCD_URL: 'https://argocd.acme.test',
  CLUSTER_NAME: 'shared',
  COMMIT_EMAIL: 'ml-platform@acme.test',
  FORGE_HOST: 'git.acme.test',
  FORGE_TOKEN: 'f06e',
  FORGE_USER: 'ml-platform-portal',
  GRAFANA_TOKEN: '94afa4a',
  GRAFANA_URL: 'https://grafana.acme.test',
  OIDC_CLIENT_ID: 'ml-platform-portal',
  OIDC_CLIENT_SECRET: '01dc',
  OIDC_METADATA_URL: 'https://id.acme.test',
  ORGANIZATION_NAME: 'Acme Test',
  PLATFORM_REPOSITORY: 'acme/platform',
  PORTAL_URL: 'https://portal.acme.test',
  POSTGRES_DATABASE: 'portal',
  POSTGRES_HOST: 'postgres.acme.test',
  POSTGRES_PASSWORD: 'b0576e5',
  POSTGRES_USER: 'portal',
  SESSION_SECRET: `session${random}`,
  TRAILER_SECRET: `trailer${random}`,
  WEBHOOK_SECRET: `webhook${random}`,
};

/** Loads app-config.yaml with the overlay for production, as the backend does. */
export async function load(
  environment: Record<string, string> = ENVIRONMENT,
): Promise<AppConfig[]> {
  const source = ConfigSources.default({
    argv: ['app-config.yaml', 'app-config.production.yaml'].flatMap(file => [
      '--config',
      join(ROOT, file),
    ]),
    env: {},
    substitutionFunc: async name => environment[name],
    watch: false,
  });
  for await (const { configs } of source.readConfigData()) {
    return configs;
  }
  throw new Error('There is no configuration');
}

/** Finds the problems of the configuration with another overlay over it. */
export function find(configs: AppConfig[], overlay: JsonObject = {}): string[] {
  const config = ConfigReader.fromConfigs([
    ...configs,
    { context: 'test', data: overlay },
  ]);
  return findProductionProblems(config, { NODE_ENV: 'production' });
}

/** The configuration of production with all variables set. */
export const effective = async (): Promise<Config> =>
  ConfigReader.fromConfigs(await load());
