import { setTimeout as delay } from 'node:timers/promises';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { runsSchema, RUN_LABEL } from '@internal/plugin-ml-platform-common';
import {
  createTestStore,
  FakeKubernetes,
  fakeObjects,
  testDatabase,
  type FakeObject,
  eventually,
} from '@internal/plugin-ml-platform-node/testing';
import knexFactory, { type Knex } from 'knex';
import request from 'supertest';
import {
  NAMESPACE,
  object,
  pod,
  ready,
  template,
} from '../__testUtils__/scorer';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';
import { openDatabase } from '../database/openDatabase';
import { RunHistory } from './RunHistory';
import { RunRecorder } from './RunRecorder';

/** `yarn soak database` asks for more. */
const SECONDS = Number(process.env.SOAK_SECONDS ?? 6);
const KILL_EVERY_MS = Number(process.env.SOAK_KILL_MS ?? 500);

/** Runs that start within `SECONDS`, when the machine is fast enough. */
const RUNS = 150;
/** Runs that start in any case: enough for each of the three fates of a run. */
const MIN_RUNS = 60;
/** Deadline of a test that fails; a passing test never reaches it. */
const RESPONSE_TIMEOUT_MS = 60_000;

const databases = testDatabase();
const cleanUps: Array<() => Promise<unknown>> = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) {
    await cleanUp();
  }
});

jest.setTimeout((SECONDS + 240) * 1000);

const START = '2026-11-20T10:00:00Z';
const END = '2026-11-20T11:00:00Z';

const unfinished = (name: string): FakeObject => ({
  ...object('batch/v1', 'Job', name, {
    spec: { template },
    status: { startTime: START, active: 1 },
  }),
  metadata: {
    name,
    namespace: NAMESPACE,
    uid: name,
    creationTimestamp: new Date().toISOString().replace(/\.\d+/, ''),
    labels: { [RUN_LABEL]: name },
  },
});

const finished = (job: FakeObject): FakeObject => ({
  ...job,
  status: {
    startTime: START,
    completionTime: END,
    conditions: [{ type: 'Complete', status: 'True' }],
  },
});

/** An hour with two GPUs. */
const podOf = (job: FakeObject): FakeObject => ({
  ...object('v1', 'Pod', job.metadata.name, {
    spec: template.spec,
    status: {
      phase: 'Succeeded',
      containerStatuses: [
        {
          name: 'server',
          state: {
            terminated: { exitCode: 0, startedAt: START, finishedAt: END },
          },
        },
      ],
    },
  }),
  metadata: {
    name: job.metadata.name,
    namespace: NAMESPACE,
    uid: `pod-${job.metadata.name}`,
    ownerReferences: [
      { kind: 'Job', name: job.metadata.name, uid: job.metadata.name },
    ],
  },
});

/** Each run is made; every third ends and stays, every third ends and goes, every third goes before it ends. */
class Churn {
  readonly expected = new Map<string, string>();
  readonly #kubernetes: FakeKubernetes;

  constructor(kubernetes: FakeKubernetes) {
    this.#kubernetes = kubernetes;
  }

  step() {
    const index = this.expected.size;
    this.#finish(`run-${index - 10}`);
    this.#remove(`run-${index - 20}`);
    this.#kubernetes.objects.push(unfinished(`run-${index}`));
    // It has no pod yet.
    this.expected.set(`run-${index}`, 'Pending');
  }

  #finish(name: string) {
    const { objects } = this.#kubernetes;
    const at = objects.findIndex(each => each.metadata.uid === name);
    if (at >= 0 && this.#third(name) !== 2) {
      const job = finished(objects[at]);
      objects.splice(at, 1, job, podOf(job));
      this.expected.set(name, 'Succeeded');
    }
  }

  #remove(name: string) {
    if (!this.expected.has(name) || this.#third(name) === 0) {
      return;
    }
    this.#kubernetes.objects = this.#kubernetes.objects.filter(
      ({ metadata }) => metadata.name !== name,
    );
    if (this.#third(name) === 2) {
      this.expected.set(name, 'Removed');
    }
  }

  #third(name: string): number {
    return Number(name.slice('run-'.length)) % 3;
  }
}

/** SQLite has no connections to kill. */
const describeOnPostgres = databases.isPostgres ? describe : describe.skip;

describeOnPostgres('while connections are killed', () => {
  it('loses no run, counts none twice, and responds', async () => {
    const kubernetes = await FakeKubernetes.start();
    cleanUps.push(() => kubernetes.stop());
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      pod('a', ready),
    ];
    const { connection } = await databases.config();
    const connect = (): Knex => {
      const database = knexFactory({
        client: 'pg',
        connection: connection as Knex.StaticConnectionConfig,
        log: { warn: () => {} },
      });
      cleanUps.push(() => database.destroy());
      return database;
    };
    const admin = connect();
    await openDatabase({ getClient: async () => admin });
    const logger = mockServices.logger.mock();
    const store = createTestStore({ sandbox: kubernetes });
    cleanUps.push(() => store.stop());

    /** As the plugin starts it, but writing more often. */
    const replica = () => {
      const recorder = new RunRecorder({
        store,
        history: new RunHistory({ database: connect() }),
        logger,
        keepDays: 1,
        timing: { flushMs: 50 },
      });
      cleanUps.push(() => recorder.stop());
    };
    replica();
    replica();
    const platform = await startMlPlatform({ kubernetes, database: connect() });
    cleanUps.push(() => platform.stop());
    const get = (path: string) =>
      request(platform.server)
        .get(`/api/ml-platform/teams/app-ml-team/${path}`)
        .timeout(RESPONSE_TIMEOUT_MS)
        .set(
          'authorization',
          mockCredentials.user.header('user:default/ml-engineer'),
        );
    const churn = new Churn(kubernetes);
    const steps = setInterval(() => churn.step(), (SECONDS * 1000) / RUNS);
    const killer = setInterval(() => {
      admin
        .raw(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid()`,
        )
        .catch(() => {});
    }, KILL_EVERY_MS);
    cleanUps.push(async () => {
      clearInterval(steps);
      clearInterval(killer);
    });
    const end = Date.now() + SECONDS * 1000;
    const statuses: number[] = [];

    while (Date.now() < end || churn.expected.size < MIN_RUNS) {
      const [workload, runs] = await Promise.all([
        get('workloads/scorer'),
        get('runs'),
      ]);
      statuses.push(workload.status, runs.status);
      expect(runsSchema.parse(runs.body).items.length).toBeGreaterThan(-1);
      await delay(50);
    }
    clearInterval(steps);
    clearInterval(killer);

    expect(new Set(statuses)).toEqual(new Set([200]));
    await eventually(async () => {
      const rows = await admin('runs');
      expect(
        Object.fromEntries(rows.map(({ id, state }) => [id, state])),
      ).toEqual(Object.fromEntries(churn.expected));
    });
    const ended = await admin('runs').where('state', 'Succeeded');
    expect(ended.length).toBeGreaterThan(10);
    expect(
      ended.filter(({ gpu_seconds }) => Number(gpu_seconds) !== 7_200),
    ).toEqual([]);
  });
});
