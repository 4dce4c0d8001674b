import { execFileSync } from 'node:child_process';
import {
  mkdtemp,
  mkdir,
  readFile,
  readdir,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import {
  GitPlatformRepository,
  createForge,
  readMlPlatformConfig,
  repositoryCredentials,
  type Forge,
} from '@internal/plugin-ml-platform-node';
import { sandboxAccounts, startSandbox, type Sandbox } from '@internal/sandbox';
import { createCheckoutAction } from '../actions/checkout';
import type { ActionDependencies } from '../actions/dependencies';
import { createMergeAction } from '../actions/merge';
import { createProposeAction } from '../actions/propose';
import { createValidateAction } from '../actions/validate';
import { person } from './people';

const ROOT = resolve(__dirname, '../../../..');
const EXAMPLE = 'feature-api';

/** The actions on a real forge with the starting content of this repository. */
export class RequestFixture {
  readonly dependencies: ActionDependencies;
  readonly #sandbox: Sandbox;
  readonly #directory: string;
  readonly #clone: GitPlatformRepository;

  static async create(): Promise<RequestFixture> {
    const directory = await mkdtemp(join(tmpdir(), 'request-fixture-'));
    const logger = mockServices.logger.mock();
    const sandbox = await startSandbox({
      stateDirectory: join(directory, 'sandbox'),
      seedDirectories: {
        infra: join(ROOT, 'infra'),
        templates: join(ROOT, 'templates'),
      },
      logger,
    });
    const { forgeUrl, repositoryUrl: url } = sandbox;
    const rootConfig = mockServices.rootConfig({
      data: {
        mlPlatform: mlPlatformConfig(url),
        integrations: {
          gitea: [
            {
              host: new URL(forgeUrl).host,
              baseUrl: forgeUrl,
              username: sandboxAccounts.portal.login,
              password: sandboxAccounts.portal.token,
            },
          ],
        },
      },
    });
    const integrations = ScmIntegrations.fromConfig(rootConfig);
    const repository = GitPlatformRepository.create({
      url,
      branch: 'main',
      credentials: repositoryCredentials(url, integrations),
      committer: { name: 'ML platform portal', email: 'portal@example.com' },
      workingDirectory: directory,
      logger,
    });
    return new RequestFixture(
      { directory, sandbox, repository },
      {
        auth: mockServices.auth(),
        catalog: catalogServiceMock({
          entities: [
            person('ml-engineer', 'app-ml-team', 'ML engineer'),
            person('team-lead', 'app-ml-team', 'Team lead'),
            person('data-engineer', 'app-data-team', 'Data engineer'),
            person('platform-engineer', 'platform-team', 'Platform engineer'),
          ],
        }),
        config: readMlPlatformConfig(rootConfig),
        forge: createForge(url, integrations),
        logger,
        repository,
      },
    );
  }

  private constructor(
    owned: {
      directory: string;
      sandbox: Sandbox;
      repository: GitPlatformRepository;
    },
    dependencies: ActionDependencies,
  ) {
    this.#directory = owned.directory;
    this.#sandbox = owned.sandbox;
    this.#clone = owned.repository;
    this.dependencies = dependencies;
  }

  get forge(): Forge {
    return this.dependencies.forge;
  }

  /** Branches of requests on the forge, without the forge's API. */
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

  git(...args: string[]): string {
    const directory = join(this.#directory, 'sandbox/forge/repository.git');
    return execFileSync('git', ['-C', directory, ...args]).toString();
  }

  /** A task: an empty workspace, a person, and steps on both. */
  async task(options: TaskOptions = {}): Promise<RequestTask> {
    const workspacePath = await mkdtemp(join(this.#directory, 'task-'));
    return new RequestTask(workspacePath, this.dependencies, options);
  }

  async stop() {
    await this.#clone.close();
    await this.#sandbox.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

interface TaskOptions {
  user?: string;
  dryRun?: boolean;
  team?: string;
  workload?: string;
}

/** One task's steps, with `fetch:template` played by a copy of an example under the new name. */
export class RequestTask {
  readonly workspacePath: string;
  readonly #dependencies: ActionDependencies;
  readonly #options: Required<TaskOptions>;

  constructor(
    workspacePath: string,
    dependencies: ActionDependencies,
    options: TaskOptions,
  ) {
    this.workspacePath = workspacePath;
    this.#dependencies = dependencies;
    this.#options = {
      user: 'ml-engineer',
      dryRun: false,
      team: 'app-ml-team',
      workload: 'fraud-scorer',
      ...options,
    };
  }

  async checkout() {
    return this.#run(createCheckoutAction(this.#dependencies), this.#target);
  }

  /** @param edit - changes the content of the rendered files. */
  async render(edit: (content: string) => string = content => content) {
    const { team, workload } = this.#options;
    const commit = await this.#dependencies.repository.head();
    const directories = [
      `infra/gitops/workloads/app-ml-team/${EXAMPLE}`,
      'infra/terraform/compositions/teams/app-ml-team',
    ];
    for (const directory of directories) {
      const files = await readdir(join(ROOT, directory), {
        recursive: true,
        withFileTypes: true,
      });
      for (const entry of files) {
        const source = join(entry.parentPath, entry.name);
        if (entry.isFile() && source.includes(EXAMPLE)) {
          const content = (await readFile(source, 'utf8'))
            .replaceAll(EXAMPLE, workload)
            .replaceAll('"initial"', JSON.stringify(commit));
          const path = source
            .slice(ROOT.length + 1)
            .replaceAll(EXAMPLE, workload)
            .replaceAll('app-ml-team', team);
          await this.write(path, edit(content));
        }
      }
    }
  }

  async write(path: string, content: string, options: { mode?: number } = {}) {
    const target = join(this.workspacePath, 'rendered', path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content, options);
  }

  async merge() {
    return this.#run(createMergeAction(this.#dependencies), {});
  }

  async validate(input: { previewDigest?: string } = {}) {
    return this.#run(createValidateAction(this.#dependencies), {
      ...this.#target,
      ...input,
    });
  }

  async propose(input: JsonObject = {}) {
    return this.#run(createProposeAction(this.#dependencies), {
      ...this.#target,
      title: `Add ${this.#options.workload}`,
      description: 'Scores payments. @everyone `<!-- x -->`',
      ...input,
    });
  }

  /** All steps up to the one that opens the pull request. */
  async prepare(edit?: (content: string) => string) {
    await this.checkout();
    await this.render(edit);
    await this.merge();
    return this.validate();
  }

  get #target() {
    const { team, workload } = this.#options;
    return { team, workload };
  }

  async #run<I extends JsonObject, O extends JsonObject>(
    action: TemplateAction<I, O>,
    input: JsonObject,
  ): Promise<Record<string, unknown>> {
    const { user, dryRun } = this.#options;
    const outputs: Record<string, unknown> = {};
    await action.handler({
      ...createMockActionContext<I, O>({
        input: input as I,
        workspacePath: this.workspacePath,
        templateInfo: {
          entityRef: 'template:default/ml-service',
          entity: { metadata: { name: 'ml-service', namespace: 'default' } },
        },
      }),
      isDryRun: dryRun,
      getInitiatorCredentials: async () =>
        mockCredentials.user(`user:default/${user}`),
      output: (name, value) => {
        outputs[String(name)] = value;
      },
    });
    return outputs;
  }
}

function mlPlatformConfig(url: string) {
  return {
    repository: { url, rootDirectory: 'infra', trailerSecret: 'test-secret' },
    environments: [
      { name: 'dev', cluster: 'sandbox', namespaceSuffix: '-dev' },
      { name: 'staging', cluster: 'sandbox', namespaceSuffix: '-staging' },
      { name: 'uat', cluster: 'sandbox', namespaceSuffix: '-uat' },
      { name: 'prod', cluster: 'sandbox' },
    ],
    groups: {
      platform: 'group:default/platform-team',
      security: 'group:default/security-team',
    },
  };
}
