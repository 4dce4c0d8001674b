/* eslint-disable jest/no-standalone-expect -- Assertions that the tests share. */
import {
  KUBERNETES_ID_LABEL,
  runDetailSchema,
  runsSchema,
  RUN_LABEL,
} from '@internal/plugin-ml-platform-common';
import {
  FakeKubernetes,
  fakeObjects,
  type FakeObject,
  type testDatabase,
  eventually,
} from '@internal/plugin-ml-platform-node/testing';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { NAMESPACE, object, template } from '../../__testUtils__/scorer';
import { startMlPlatform } from '../../__testUtils__/startMlPlatform';

type Platform = Awaited<ReturnType<typeof startMlPlatform>>;

export const at = (minutes: number) =>
  new Date(Date.UTC(2026, 10, 20, 10, minutes))
    .toISOString()
    .replace('.000Z', 'Z');

export const runJob = (
  name: string,
  status: Record<string, unknown>,
  metadata: Record<string, unknown> = {},
): FakeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: {
    name,
    namespace: NAMESPACE,
    uid: `uid-${name}`,
    creationTimestamp: at(0),
    labels: { [RUN_LABEL]: name, [KUBERNETES_ID_LABEL]: 'churn' },
    ...metadata,
  },
  spec: { template },
  status,
});

export const runPod = (
  name: string,
  job: FakeObject,
  phase: string,
  state: Record<string, unknown>,
): FakeObject => ({
  ...object('v1', 'Pod', name, {
    spec: template.spec,
    status: {
      phase,
      containerStatuses: [{ name: 'server', ready: false, state }],
    },
  }),
  metadata: {
    name,
    namespace: NAMESPACE,
    uid: `uid-${name}`,
    ownerReferences: [
      { kind: 'Job', name: job.metadata.name, uid: job.metadata.uid },
    ],
  },
});

export const ended = (exitCode: number, from: number, to: number) => ({
  terminated: { exitCode, startedAt: at(from), finishedAt: at(to) },
});

export const succeeded = (from: number, to: number, failed = 0) => ({
  startTime: at(from),
  completionTime: at(to),
  succeeded: 1,
  failed,
  conditions: [{ type: 'Complete', status: 'True' }],
});

export const running = (from: number, failed = 0) => ({
  startTime: at(from),
  active: 1,
  failed,
});

/** Replicas of the plugin with one cluster and one database. */
export class RunSuite {
  static async create(
    databases: ReturnType<typeof testDatabase>,
  ): Promise<RunSuite> {
    const suite = new RunSuite(
      await databases.init(),
      await FakeKubernetes.start(),
    );
    suite.kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      fakeObjects.namespace('app-data-team', 'dev', 'app-data-team-dev'),
    ];
    return suite;
  }

  readonly database: Knex;
  readonly kubernetes: FakeKubernetes;
  readonly #platforms = new Set<Platform>();

  private constructor(database: Knex, kubernetes: FakeKubernetes) {
    this.database = database;
    this.kubernetes = kubernetes;
  }

  async start(options: { config?: JsonObject } = {}): Promise<Platform> {
    const platform = await startMlPlatform({
      kubernetes: this.kubernetes,
      database: this.database,
      ...options,
    });
    this.#platforms.add(platform);
    return platform;
  }

  async stop(platform: Platform): Promise<void> {
    this.#platforms.delete(platform);
    await platform.stop();
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#platforms].map(platform => platform.stop()));
    await this.kubernetes.stop();
  }

  remove(...removed: FakeObject[]): void {
    this.kubernetes.objects = this.kubernetes.objects.filter(
      each =>
        !removed.some(({ metadata }) => metadata.uid === each.metadata.uid),
    );
  }

  /** Waits until the database has a run like this. */
  async recorded(
    id: string,
    expected: Record<string, unknown> = {},
  ): Promise<void> {
    await eventually(async () =>
      // eslint-disable-next-line jest/no-standalone-expect -- called by tests
      expect(await this.database('runs').where({ id }).first()).toEqual(
        expect.objectContaining(expected),
      ),
    );
  }
}

export async function list(
  platform: Platform,
  query = '',
  team = 'app-ml-team',
  person = 'ml-engineer',
) {
  const { status, body } = await platform.get(
    person,
    `/teams/${team}/runs?${query}`,
  );
  expect(status).toBe(200);
  return runsSchema.parse(body);
}

export async function names(platform: Platform, query = '') {
  return (await list(platform, query)).items.map(({ name }) => name);
}

export async function find(platform: Platform, id: string) {
  const { status, body } = await platform.get(
    'ml-engineer',
    `/teams/app-ml-team/runs/${id}`,
  );
  expect(status).toBe(200);
  return runDetailSchema.parse(body);
}
