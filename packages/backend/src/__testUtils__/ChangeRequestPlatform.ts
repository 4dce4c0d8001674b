import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import notificationsPlugin from '@backstage/plugin-notifications-backend';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import scaffolderNotificationsModule from '@backstage/plugin-scaffolder-backend-module-notifications';
import { teamReadPermission } from '@internal/plugin-ml-platform-common';
import mlPlatformPlugin from '@internal/plugin-ml-platform-backend';
import {
  eventually,
  fakePermissions,
  type TestDatabase,
} from '@internal/plugin-ml-platform-node/testing';
import { mergeBranch } from '@internal/plugin-ml-platform-node/testing-forge';
import scaffolderModule from '@internal/plugin-scaffolder-backend-module-ml-platform';
import {
  sandboxAccounts,
  startForge,
  type RunningForge,
} from '@internal/sandbox';
import request from 'supertest';
import { changeRequestEntities, PRICES } from './changeRequestEntities';

const ROOT = resolve(__dirname, '../../../..');
/** May set images of app-ml-team in dev and staging. */
const SERVICE = 'external:ci-of-ml';

const decideTeams = fakePermissions({
  'user:default/ml-engineer': {
    'ml-platform.change-request.create': ['app-ml-team'],
    [teamReadPermission.name]: ['app-ml-team'],
  },
  'user:default/data-engineer': {
    'ml-platform.change-request.create': ['app-data-team'],
  },
});

/** The scaffolder and the ML platform plugin on the sandbox's forge: the parts that turn a form into a pull request. */
export class ChangeRequestPlatform {
  readonly #backend: TestBackend;
  readonly #directory: string;
  readonly #forge: RunningForge;

  /** @param templates - golden paths in place of this repository's, and the names of those that it does not have */
  static async start(
    database: TestDatabase,
    templates: { directory: string; names: string[] } = {
      directory: join(ROOT, 'templates'),
      names: [],
    },
  ): Promise<ChangeRequestPlatform> {
    const directory = await mkdtemp(join(tmpdir(), 'change-request-platform-'));
    const forge = await startForge({
      host: '127.0.0.1',
      port: 0,
      stateDirectory: join(directory, 'forge'),
      seedDirectories: {
        infra: join(ROOT, 'infra'),
        templates: templates.directory,
      },
      logger: mockServices.logger.mock(),
    });
    const backend = await startTestBackend({
      features: [
        notificationsPlugin,
        scaffolderPlugin,
        scaffolderNotificationsModule,
        scaffolderModule,
        mlPlatformPlugin,
        database.feature(),
        mockServices.rootConfig.factory({ data: config(directory, forge) }),
        mockServices.permissions.mock({
          // Tests of the permission policy cover the scaffolder's own permissions.
          authorize: async requests =>
            requests.map(() => ({ result: AuthorizeResult.ALLOW })),
          authorizeConditional: async (requests, options) =>
            requests[0].permission.name.startsWith('ml-platform.')
              ? decideTeams.authorizeConditional(requests, options)
              : requests.map(() => ({ result: AuthorizeResult.ALLOW })),
        }).factory,
        catalogServiceMock.factory({
          entities: await changeRequestEntities(forge, templates),
        }),
      ],
    });
    return new ChangeRequestPlatform(backend, directory, forge);
  }

  private constructor(
    backend: TestBackend,
    directory: string,
    forge: RunningForge,
  ) {
    this.#backend = backend;
    this.#directory = directory;
    this.#forge = forge;
  }

  async stop() {
    // The scaffolder reads events of tasks each second, and notices a second later that nobody listens any more.
    await setTimeout(2_000);
    await this.#backend.stop();
    await this.#forge.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** Stops the forge, while the portal keeps running. */
  async stopForge() {
    await this.#forge.stop();
  }

  git(...args: string[]): string {
    const { repositoryDirectory } = this.#forge;
    return execFileSync('git', ['-C', repositoryDirectory, ...args]).toString();
  }

  /** Branches of change requests in the forge's repository. */
  branches(): string[] {
    return this.git(
      'branch',
      '--list',
      'ml-platform/*',
      '--format=%(refname:short)',
    )
      .split('\n')
      .filter(Boolean);
  }

  preview(
    person: string,
    values: object,
    templateRef = 'template:default/ml-service',
  ) {
    return this.#as(person, agent =>
      agent.post('/api/ml-platform/preview').send({ templateRef, values }),
    );
  }

  name(person: string, team: string, name: string) {
    return this.#as(person, agent =>
      agent.get(`/api/ml-platform/teams/${team}/names/${name}`),
    );
  }

  answers(person: string, team: string, workload: string) {
    return this.#as(person, agent =>
      agent.get(`/api/ml-platform/teams/${team}/workloads/${workload}/answers`),
    );
  }

  createTask(
    person: string,
    values: object,
    templateRef: unknown = 'template:default/ml-service',
  ) {
    return this.#as(person, agent =>
      agent.post('/api/scaffolder/v2/tasks').send({ templateRef, values }),
    );
  }

  /** Merges the pull request of a branch on the forge, as a reviewer. */
  async merge(branch: string) {
    await mergeBranch(this.#forge.url, branch);
  }

  task(person: string, id: string) {
    return this.#as(person, agent =>
      agent.get(`/api/scaffolder/v2/tasks/${id}`),
    );
  }

  /** Runs the template through the scaffolder's API, and waits for the end of the task. */
  async runTask(
    person: string,
    values: object,
    templateRef?: string,
  ): Promise<TaskResult> {
    const created = await this.createTask(person, values, templateRef);
    if (created.status !== 201) {
      throw new Error(`No task: ${created.text}`);
    }
    return this.finishedTask(person, created.body.id);
  }

  /** Waits for the end of a task. */
  async finishedTask(person: string, id: string): Promise<TaskResult> {
    return eventually(async () => {
      const { body: events } = await this.#as(person, agent =>
        agent.get(`/api/scaffolder/v2/tasks/${id}/events`),
      );
      const completion = (events as TaskEvent[]).find(
        ({ type }) => type === 'completion',
      );
      if (!completion) {
        throw new Error(`Task ${id} has not finished`);
      }
      return completion.body;
    });
  }

  /** Sends a request with the token of the only service caller. */
  asService(send: (agent: ReturnType<typeof request>) => request.Test) {
    return send(request(this.#backend.server)).set(
      'authorization',
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.service(SERVICE),
        targetPluginId: 'scaffolder',
      }),
    );
  }

  #as(
    person: string,
    send: (agent: ReturnType<typeof request>) => request.Test,
  ): request.Test {
    return send(request(this.#backend.server)).set(
      'authorization',
      mockCredentials.user.header(`user:default/${person}`),
    );
  }
}

interface TaskEvent {
  type: string;
  body: TaskResult;
}

interface TaskResult {
  error?: { message: string };
  output?: { pullRequest?: { url: string; branch: string; body: string } };
}

function config(directory: string, { url, repositoryUrl }: RunningForge) {
  const { host } = new URL(url);
  return {
    app: { baseUrl: 'http://localhost:3000' },
    backend: { workingDirectory: directory, reading: { allow: [{ host }] } },
    mlPlatform: {
      repository: {
        url: repositoryUrl,
        rootDirectory: 'infra',
        trailerSecret: 'test-secret',
      },
      environments: [
        { name: 'dev', cluster: 'sandbox', namespaceSuffix: '-dev' },
        { name: 'staging', cluster: 'sandbox', namespaceSuffix: '-staging' },
        { name: 'uat', cluster: 'sandbox', namespaceSuffix: '-uat' },
        { name: 'prod', cluster: 'sandbox' },
      ],
      serviceCallers: [
        {
          subject: SERVICE,
          teams: ['app-ml-team'],
          templates: ['set-image'],
          environments: ['dev', 'staging'],
        },
      ],
      prices: PRICES,
      groups: {
        platform: 'group:default/platform-team',
        security: 'group:default/security-team',
      },
    },
    integrations: {
      gitea: [
        {
          host,
          baseUrl: url,
          username: sandboxAccounts.portal.login,
          password: sandboxAccounts.portal.token,
        },
      ],
    },
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: 'sandbox',
              url: 'https://127.0.0.1:1',
              authProvider: 'serviceAccount',
              serviceAccountToken: 'none',
            },
          ],
        },
      ],
    },
  };
}
