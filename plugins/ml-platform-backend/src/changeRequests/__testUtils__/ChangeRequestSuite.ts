import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  changeRequestDetailSchema,
  changeRequestsSchema,
  type ChangeRequestDetail,
  type ChangeRequests,
  type ChangeRequestStep,
} from '@internal/plugin-ml-platform-common';
import {
  CHANGE_REQUEST_LABEL,
  changeRequestBranch,
  formatTrailer,
  type ChangeRequestTrailer,
  type Forge,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import {
  startTestForge,
  type TestForge,
} from '@internal/plugin-ml-platform-node/testing-forge';
import {
  FakeKubernetes,
  fakeObjects,
  type testDatabase,
  eventually as assertEventually,
} from '@internal/plugin-ml-platform-node/testing';
import type { Knex } from 'knex';
import { startMlPlatform } from '../../__testUtils__/startMlPlatform';
import {
  changeRequestRecordSchema,
  type ChangeRequestRecord,
} from '../changeRequestRecord';

const TRAILER_SECRET = 'trailer-secret';
export const scorer = 'infra/gitops/workloads/app-ml-team/fraud-scorer';
export const etl = 'infra/gitops/workloads/app-data-team/etl';
export const ME = 'user:default/ml-engineer';

const trailer = {
  id: 'abc',
  template: 'template:default/ml-service',
  team: 'app-ml-team',
  workload: 'fraud-scorer',
  requester: ME,
  digest: '0f',
  repository: 'http://forge.example.com/acme/platform.git',
};

/** Branch and head of a pull request. */
export interface Pushed {
  branch: string;
  commit: string;
}

/** Writes the trailer of the portal for a pull request on fraud-scorer. */
export function trailerOf(
  pushed: Pushed,
  changes: Partial<ChangeRequestTrailer> = {},
  secret: string | undefined = TRAILER_SECRET,
): string {
  return formatTrailer({ ...trailer, ...pushed, ...changes }, secret);
}

/** The plugin with a forge, a platform repository, a cluster and a database. */
export class ChangeRequestSuite {
  static async create(
    databases: ReturnType<typeof testDatabase>,
  ): Promise<ChangeRequestSuite> {
    const forge = await startTestForge({
      [`${scorer}/base/deployment.yaml`]: 'a: 1\n',
      [`${scorer}/overlays/dev/kustomization.yaml`]: 'a: 1\n',
      [`${scorer}/overlays/prod/kustomization.yaml`]: 'a: 1\n',
      [`${etl}/overlays/dev/kustomization.yaml`]: 'a: 1\n',
      'infra/README.md': 'x\n',
    });
    const { repository } = await forge.openRepository();
    return new ChangeRequestSuite(
      forge,
      repository,
      await FakeKubernetes.start(),
      await databases.init(),
    );
  }

  readonly forge: TestForge;
  readonly repository: PlatformRepository;
  readonly kubernetes: FakeKubernetes;
  readonly database: Knex;
  #platform: Awaited<ReturnType<typeof startMlPlatform>> | undefined;
  #branches = 0;

  private constructor(
    forge: TestForge,
    repository: PlatformRepository,
    kubernetes: FakeKubernetes,
    database: Knex,
  ) {
    this.forge = forge;
    this.repository = repository;
    this.kubernetes = kubernetes;
    this.database = database;
  }

  get platform() {
    if (!this.#platform) {
      throw new Error('Call start() first');
    }
    return this.#platform;
  }

  /** @param portalForge - the forge of the portal, which can fail. */
  async start(
    requests: { pollSeconds?: number; webhookSecret?: string } = {
      pollSeconds: 0.2,
    },
    portalForge: Partial<Forge> = this.forge.forge,
  ): Promise<void> {
    const { repository: clone } = await this.forge.openRepository();
    this.#platform = await startMlPlatform({
      kubernetes: this.kubernetes,
      requests,
      trailerSecret: TRAILER_SECRET,
      forge: portalForge,
      repository: {
        branch: 'main',
        head: () => clone.head(),
        lastKnownHead: () => clone.lastKnownHead(),
        list: (...parameters) => clone.list(...parameters),
        contains: options => clone.contains(options),
      },
      features: [
        createServiceFactory({
          service: coreServices.database,
          deps: {},
          factory: () => ({ getClient: async () => this.database }),
        }),
      ],
    });
  }

  async stop(): Promise<void> {
    await this.#platform?.stop();
    await this.kubernetes.stop();
    await this.forge.stop();
  }

  /** Opens a pull request that changes files; undefined deletes a file. */
  async open(
    files: Record<string, string | undefined>,
    options: {
      title?: string;
      body?: string | ((pushed: Pushed) => string);
      labels?: string[];
    } = {},
  ): Promise<{ number: number } & Pushed> {
    this.#branches += 1;
    const branch = changeRequestBranch('ml-service', trailer, this.#branches);
    const commit = await this.repository.commit({
      base: await this.repository.head(),
      changes: Object.entries(files).map(([path, content]) =>
        content === undefined
          ? { path, deleted: true }
          : { path, content: Buffer.from(content) },
      ),
      message: 'Change',
      author: { name: 'Ada', email: 'ada@example.com' },
    });
    await this.repository.pushNewBranch({ commit, branch });
    const { body = '' } = options;
    const { number } = await this.forge.forge.openPullRequest({
      branch,
      baseBranch: 'main',
      title: options.title ?? 'A change',
      body: typeof body === 'string' ? body : body({ branch, commit }),
      labels: options.labels ?? [],
    });
    return { number, branch, commit };
  }

  /** Pushes a commit onto a branch, as somebody who may write to the repository. */
  async push(branch: string, file: string, content: string): Promise<void> {
    const work = await mkdtemp(join(this.forge.directory, 'work-'));
    const git = (...options: string[]) =>
      promisify(execFile)(
        'git',
        ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...options],
        { cwd: work },
      );
    await git(
      'clone',
      '--quiet',
      `--branch=${branch}`,
      this.forge.engineerRepositoryUrl,
      '.',
    );
    await writeFile(join(work, file), content);
    await git('commit', '--quiet', '--all', '--message=One more');
    await git('push', '--quiet');
  }

  changeDev(content: string, body?: string | ((pushed: Pushed) => string)) {
    return this.open(
      { [`${scorer}/overlays/dev/kustomization.yaml`]: content },
      { body, labels: [CHANGE_REQUEST_LABEL] },
    );
  }

  /** @returns the merge commit. */
  async merge(number: number): Promise<string> {
    await this.forge.merge(number);
    return (await this.forge.forge.getPullRequest(number)).merge!.commit;
  }

  /** Sets Argo CD's Application of the workload in an environment. */
  deploy(
    environment: string,
    status: Record<string, unknown>,
    [team, workload] = ['app-ml-team', 'fraud-scorer'],
  ): void {
    const application = fakeObjects.application(
      team,
      workload,
      environment,
      status,
    );
    this.kubernetes.objects = [
      ...this.kubernetes.objects.filter(
        ({ metadata }) => metadata.name !== application.metadata.name,
      ),
      application,
    ];
  }

  async read(
    number: number,
    person = 'ml-engineer',
  ): Promise<ChangeRequestDetail | undefined> {
    const { status, body } = await this.platform.get(
      person,
      `/change-requests/${number}`,
    );
    return status === 200 ? changeRequestDetailSchema.parse(body) : undefined;
  }

  async list(query = '', person = 'ml-engineer'): Promise<ChangeRequests> {
    const { body } = await this.platform.get(
      person,
      `/change-requests${query}`,
    );
    return changeRequestsSchema.parse(body);
  }

  /** Reads the record in the database. */
  async written(number: number): Promise<ChangeRequestRecord | undefined> {
    const row = await this.database('change_requests')
      .where({ number })
      .first('record');
    return row && changeRequestRecordSchema.parse(JSON.parse(row.record));
  }
}

export const history = (...revisions: string[]) =>
  revisions.map((revision, id) => ({
    id,
    revision,
    deployedAt: `2999-01-01T00:0${id}:00Z`,
  }));

/** Reads until the assertion holds. */
export function eventually<T>(
  read: () => Promise<T>,
  assert: (value: T) => void,
): Promise<T> {
  return assertEventually(async () => {
    const value = await read();
    assert(value);
    return value;
  });
}

export function step(
  detail: ChangeRequestDetail | undefined,
  id: ChangeRequestStep['id'],
  fields: Partial<ChangeRequestStep> = {},
): ChangeRequestStep[] | undefined {
  return detail?.steps.filter(
    candidate =>
      candidate.id === id &&
      Object.entries(fields).every(
        ([key, value]) => candidate[key as keyof ChangeRequestStep] === value,
      ),
  );
}
