import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  changeRequestCreatePermission,
  teamRequestPermission,
} from '@internal/plugin-ml-platform-common';
import {
  GitPlatformRepository,
  createForge,
  createTeamAuthorizer,
  readMlPlatformConfig,
  repositoryCredentials,
  type Forge,
} from '@internal/plugin-ml-platform-node';
import {
  fakePermissions,
  type FakeGrants,
} from '@internal/plugin-ml-platform-node/testing';
import { mergeBranch } from '@internal/plugin-ml-platform-node/testing-forge';
import {
  sandboxAccounts,
  startForge,
  type RunningForge,
} from '@internal/sandbox';
import type { ActionDependencies } from '../actions/dependencies';
import { SkeletonRenderer } from '../engine/SkeletonRenderer';
import { group, person } from './people';
import { ChangeRequestTask, type TaskOptions } from './ChangeRequestTask';

const ROOT = resolve(__dirname, '../../../..');

const PERMISSION = changeRequestCreatePermission.name;

/** Decisions of the permission policy for the users in the catalog. */
const GRANTS: FakeGrants = {
  'user:default/ml-engineer': { [PERMISSION]: ['app-ml-team'] },
  'user:default/team-lead': {
    [PERMISSION]: ['app-ml-team'],
    [teamRequestPermission.name]: ['app-ml-team', 'risk-models'],
  },
  'user:default/data-engineer': { [PERMISSION]: ['app-data-team'] },
  'user:default/platform-engineer': {
    [PERMISSION]: 'all',
    [teamRequestPermission.name]: 'all',
  },
};

/** Dependencies of the actions, with a sandbox forge seeded from this repository. */
export class ChangeRequestFixture {
  readonly dependencies: ActionDependencies;
  readonly #server: RunningForge;
  readonly #directory: string;
  readonly #clone: GitPlatformRepository;

  static async create(): Promise<ChangeRequestFixture> {
    const directory = await mkdtemp(join(tmpdir(), 'change-request-fixture-'));
    const logger = mockServices.logger.mock();
    const server = await startForge({
      host: '127.0.0.1',
      port: 0,
      stateDirectory: join(directory, 'forge'),
      seedDirectories: {
        infra: join(ROOT, 'infra'),
        templates: join(ROOT, 'templates'),
      },
      logger,
    });
    const { url: forgeUrl, repositoryUrl: url } = server;
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
    const config = readMlPlatformConfig(rootConfig);
    return new ChangeRequestFixture(
      { directory, server, repository },
      {
        renderer: new SkeletonRenderer({
          integrations,
          reader: mockServices.urlReader.mock(),
          repository,
          rootDirectory: config.repository.rootDirectory,
        }),
        auth: mockServices.auth(),
        authorizer: createTeamAuthorizer(fakePermissions(GRANTS)),
        catalog: catalogServiceMock({
          entities: [
            person('ml-engineer', 'app-ml-team', 'ML engineer'),
            person('team-lead', 'app-ml-team', 'Team lead'),
            person('data-engineer', 'app-data-team', 'Data engineer'),
            person('platform-engineer', 'platform-team', 'Platform engineer'),
            group('app-ml-team'),
            group('risk-models'),
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: 'taken-elsewhere', namespace: 'default' },
              spec: { type: 'service', lifecycle: 'production', owner: 'x' },
            },
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'API',
              metadata: { name: 'claimed-api', namespace: 'default' },
              spec: { type: 'openapi', lifecycle: 'production', owner: 'x' },
            },
          ],
        }),
        config,
        forge: createForge({ url }, integrations),
        logger,
        repository,
        // Without gates nothing is read of a cluster.
        store: { list: async () => ({ items: [] }) },
      },
    );
  }

  private constructor(
    owned: {
      directory: string;
      server: RunningForge;
      repository: GitPlatformRepository;
    },
    dependencies: ActionDependencies,
  ) {
    this.#directory = owned.directory;
    this.#server = owned.server;
    this.#clone = owned.repository;
    this.dependencies = dependencies;
  }

  get forge(): Forge {
    return this.dependencies.forge;
  }

  /** Change request branches on the forge, read with Git. */
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
    const { repositoryDirectory } = this.#server;
    return execFileSync('git', ['-C', repositoryDirectory, ...args]).toString();
  }

  /** Adds an empty commit to the default branch. */
  moveBase(message: string) {
    this.#commit(this.git('rev-parse', 'main^{tree}').trim(), message);
  }

  /** Merges the pull request of a branch on the forge, as a reviewer. */
  async merge(branch: string) {
    await mergeBranch(this.#server.url, branch);
  }

  /** Commits files to the default branch, as people do by hand. `undefined` deletes. */
  commit(files: Record<string, string | undefined>) {
    const index = join(this.#directory, `index-${Math.random()}`);
    const run = (args: string[], input?: string) =>
      execFileSync('git', ['-C', this.#server.repositoryDirectory, ...args], {
        env: { ...process.env, GIT_INDEX_FILE: index },
        input,
      })
        .toString()
        .trim();
    run(['read-tree', 'main']);
    for (const [file, content] of Object.entries(files)) {
      const info =
        content === undefined
          ? `0 ${'0'.repeat(40)}\t${file}`
          : `100644 ${run(['hash-object', '-w', '--stdin'], content)}\t${file}`;
      run(['update-index', '--index-info'], `${info}\n`);
    }
    this.#commit(run(['write-tree']), 'By hand');
  }

  /** Makes a commit on the default branch's head that is not on the branch, as anybody can push one. */
  aside(): string {
    return this.#write(this.git('rev-parse', 'main^{tree}').trim(), 'Aside');
  }

  /** A file of the default branch; undefined when there is none. */
  file(path: string): string | undefined {
    const exists = this.git('ls-tree', '--name-only', 'main', '--', path);
    return exists.trim() ? this.git('show', `main:${path}`) : undefined;
  }

  #commit(tree: string, message: string) {
    this.git('update-ref', 'refs/heads/main', this.#write(tree, message));
  }

  #write(tree: string, message: string): string {
    return this.git(
      '-c',
      'user.name=x',
      '-c',
      'user.email=x@example.com',
      'commit-tree',
      tree,
      '-m',
      message,
      '-p',
      'main',
    ).trim();
  }

  /** Creates a task with an empty workspace. */
  async task(options: TaskOptions = {}): Promise<ChangeRequestTask> {
    const workspacePath = await mkdtemp(join(this.#directory, 'task-'));
    return new ChangeRequestTask(workspacePath, this.dependencies, options);
  }

  async stop() {
    await this.#clone.close();
    await this.#server.stop();
    await rm(this.#directory, { recursive: true, force: true });
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
