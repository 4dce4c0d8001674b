import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  eventually,
  testDatabase,
} from '@internal/plugin-ml-platform-node/testing';
import { type Sandbox, sandboxAccounts, startSandbox } from '@internal/sandbox';
import request from 'supertest';
import { component, featureApi, system } from './__testUtils__/catalogInfo';
import { mergeToMain } from './__testUtils__/mergeToMain';
import catalogModule from './index';

const linked = component('linked').replace(
  'spec:',
  '  links: [{ url: "javascript:alert(1)" }]\nspec:',
);

const database = testDatabase();
const workloads = 'infra/gitops/workloads';

describe('catalogModuleMlPlatform', () => {
  let directory: string;
  let sandbox: Sandbox;
  let backend: TestBackend;
  const logger = mockServices.logger.mock();
  let push: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'catalog-module-'));
    await mkdir(path.join(directory, 'templates'));
    logger.child.mockReturnValue(logger);
    for (const [workload, content] of Object.entries({
      'app-ml-team/feature-api': featureApi,
      'app-ml-team/not-yaml': 'a: [',
      'app-ml-team/a-group': component('a-group').replace('Component', 'Group'),
      'app-ml-team/misnamed': component('other'),
      'app-ml-team/reaches-out': component('reaches-out').concat(
        '---\napiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: { name: reaches-out-rest }\nspec: { type: openapi, lifecycle: production, definition: { $text: "../../app-data-team/x" } }\n',
      ),
      'app-ml-team/Bad--Name': component('Bad--Name'),
      // Claims the name of another team's workload.
      'app-data-team/feature': component('feature').concat(
        '---',
        component('feature-api'),
      ),
      'app-data-team/linked': linked,
      'app-data-team/never-valid': linked,
    })) {
      const target = path.join(directory, workloads, workload);
      await mkdir(target, { recursive: true });
      await writeFile(path.join(target, 'catalog-info.yaml'), content);
    }
    const overlay = path.join(
      directory,
      workloads,
      'app-data-team/never-valid/overlays/dev',
    );
    await mkdir(overlay, { recursive: true });
    await writeFile(path.join(overlay, 'kustomization.yaml'), '');
    await mkdir(path.join(directory, 'infra/catalog'));
    await writeFile(
      path.join(directory, 'infra/catalog/catalog-info.yaml'),
      system('core'),
    );
    sandbox = await startSandbox({
      stateDirectory: path.join(directory, 'state'),
      seedDirectories: {
        infra: path.join(directory, 'infra'),
        templates: path.join(directory, 'templates'),
      },
      logger,
    });
    const { login, token } = sandboxAccounts.portal;
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModule,
        database.feature(),
        createBackendModule({
          pluginId: 'catalog',
          moduleId: 'push-webhook',
          register(registration) {
            registration.registerInit({
              deps: { events: eventsServiceRef },
              async init({ events }) {
                push = () =>
                  events.publish({
                    topic: 'ml-platform.repository.push',
                    eventPayload: {},
                  });
              },
            });
          },
        }),
        mockServices.rootLogger.mock({ child: () => logger }).factory,
        mockServices.rootConfig.factory({
          data: {
            backend: { workingDirectory: directory },
            catalog: {
              // What changes in the repository does not wait for it.
              processingInterval: { hours: 1 },
              rules: [{ allow: ['Component', 'API', 'Resource'] }],
              locations: [
                {
                  type: 'url',
                  target: `${sandbox.forgeUrl}/acme/platform/src/branch/main/infra/catalog/catalog-info.yaml`,
                  rules: [{ allow: ['System'] }],
                },
              ],
            },
            integrations: {
              gitea: [
                {
                  host: new URL(sandbox.forgeUrl).host,
                  baseUrl: sandbox.forgeUrl,
                  username: login,
                  password: token,
                },
              ],
            },
            mlPlatform: {
              repository: {
                url: sandbox.repositoryUrl,
                rootDirectory: 'infra',
                pollSeconds: 1,
              },
              environments: [
                { name: 'dev', cluster: 'sandbox', namespaceSuffix: '-dev' },
              ],
              groups: {
                platform: 'group:default/platform-team',
                security: 'group:default/security-team',
              },
            },
          },
        }),
      ],
    });
  });

  afterAll(async () => {
    await backend?.stop();
    await sandbox?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  async function entities(): Promise<Map<string, Entity>> {
    const response = await request(backend.server)
      .get('/api/catalog/entities')
      .set('Authorization', mockCredentials.service.header());
    const list: Entity[] = response.body;
    return new Map(
      list
        .filter(({ kind }) => kind !== 'Location')
        .map(entity => [`${entity.kind}:${entity.metadata.name}`, entity]),
    );
  }

  /** Waits until the catalog satisfies the condition. */
  function entitiesWhen(
    condition: (all: Map<string, Entity>) => boolean,
  ): Promise<Map<string, Entity>> {
    return eventually(async () => {
      const all = await entities();
      expect({ entities: [...all.keys()], asExpected: condition(all) }).toEqual(
        { entities: expect.anything(), asExpected: true },
      );
      return all;
    });
  }

  /** Messages about the file, as `level: message`. */
  function statusOf(entity: AlphaEntity | undefined): string[] {
    return (entity?.status?.items ?? []).map(
      ({ level, message }) => `${level}: ${message}`,
    );
  }

  it('provides valid entities with metadata from the path, and tells of the others', async () => {
    const all = await entitiesWhen(found => found.size >= 6);
    expect([...all.keys()].sort()).toEqual([
      'API:feature-api-rest',
      'Component:feature',
      'Component:feature-api',
      'Component:never-valid',
      'Component:reaches-out',
      'System:core',
    ]);
    const directoryUrl = `${sandbox.forgeUrl}/acme/platform/src/branch/main/${workloads}/app-ml-team/feature-api`;
    expect(all.get('Component:feature-api')).toMatchObject({
      metadata: {
        namespace: 'default',
        description: 'Serves features',
        tags: ['ml-service'],
      },
      spec: {
        type: 'service',
        owner: 'group:default/app-ml-team',
        system: 'app-ml-team',
      },
    });
    const annotations = all.get('Component:feature-api')?.metadata.annotations;
    expect(annotations).toMatchObject({
      'argocd/app-selector':
        'ml-platform.io/team=app-ml-team,ml-platform.io/workload=feature-api',
      'backstage.io/kubernetes-id': 'feature-api',
      'backstage.io/managed-by-location': `url:${directoryUrl}/catalog-info.yaml`,
      'backstage.io/managed-by-origin-location': `url:${directoryUrl}/catalog-info.yaml`,
      'backstage.io/source-location': `url:${directoryUrl}/`,
      'backstage.io/source-template': 'template:default/ml-service',
      'example.com/own': 'kept',
      'grafana/dashboard-selector': 'app-ml-team--feature-api',
      'ml-platform.io/team': 'app-ml-team',
      'ml-platform.io/workload': 'feature-api',
    });
    expect(annotations).not.toHaveProperty('argocd/app-name');
    const api = all.get('API:feature-api-rest');
    expect(api?.spec).toMatchObject({
      owner: 'group:default/app-ml-team',
      system: 'app-ml-team',
    });
    expect(api?.metadata.annotations).not.toHaveProperty('argocd/app-selector');

    const warnings = logger.warn.mock.calls.map(([message]) => String(message));
    for (const message of [
      /app-ml-team\/not-yaml: .*catalog-info.yaml, line 1: This is not valid YAML/,
      /app-ml-team\/a-group: .*line 3: Group a-group is ignored/,
      /misnamed\/catalog-info.yaml: The file must define a Component or Resource named "misnamed"/,
      /reaches-out\/catalog-info.yaml, line \d+: API reaches-out-rest: "\$text: ..\/..\/app-data-team\/x" is outside of infra\/gitops\/workloads\/app-ml-team\//,
      /Bad--Name\/catalog-info.yaml is skipped/,
      /app-data-team\/linked\/catalog-info.yaml, line 6: .*"javascript" are not allowed/,
    ]) {
      expect(warnings).toContainEqual(expect.stringMatching(message));
    }
    expect(statusOf(all.get('Component:feature'))).toEqual([
      'error: Component feature-api of app-data-team/feature is left out of the catalog: app-ml-team/feature-api had an entity of that name before. Choose another name.',
    ]);
    expect(
      all.get('Component:reaches-out')?.metadata.annotations,
    ).toMatchObject({ 'ml-platform.io/catalog-file-problems': '2' });
    expect(all.get('Component:never-valid')?.spec).toMatchObject({
      type: 'unknown',
      owner: 'group:default/app-data-team',
    });
    expect(statusOf(all.get('Component:never-valid'))[0]).toBe(
      'error: None of the last 50 versions of the file defines this Component, so this page shows only what the path of the file says.',
    );
  });

  it('refreshes after a merge', async () => {
    await mergeToMain(sandbox, async work => {
      const team = path.join(work, workloads, 'app-ml-team');
      await rm(path.join(team, 'feature-api'), { recursive: true });
      await mkdir(path.join(team, 'fraud-scorer'));
      await writeFile(
        path.join(team, 'fraud-scorer/catalog-info.yaml'),
        component('fraud-scorer'),
      );
      await appendFile(
        path.join(work, 'infra/catalog/catalog-info.yaml'),
        `---\n${system('risk')}`,
      );
    });
    await push?.();
    const all = await entitiesWhen(
      found =>
        found.has('Component:fraud-scorer') &&
        found.has('System:risk') &&
        !found.has('API:feature-api-rest'),
    );
    expect([...all.keys()].sort()).toEqual([
      'Component:feature',
      // The name is free now.
      'Component:feature-api',
      'Component:fraud-scorer',
      'Component:never-valid',
      'Component:reaches-out',
      'System:core',
      'System:risk',
    ]);
    expect(all.get('Component:feature-api')?.spec?.owner).toBe(
      'group:default/app-data-team',
    );
  });
});
