import { mockServices } from '@backstage/backend-test-utils';
import { RUN_LABEL } from '@internal/plugin-ml-platform-common';
import {
  createTestStore,
  FakeKubernetes,
  fakeObjects,
  testDatabase,
  type FakeObject,
  eventually,
} from '@internal/plugin-ml-platform-node/testing';
import type { Knex } from 'knex';
import { NAMESPACE, object, template } from '../__testUtils__/scorer';
import { openDatabase } from '../database/openDatabase';
import { RunHistory } from './RunHistory';
import { RunRecorder } from './RunRecorder';

const databases = testDatabase();

const job = (name: string, createdAt: number): FakeObject => ({
  ...object('batch/v1', 'Job', name, { spec: { template } }),
  metadata: {
    name,
    namespace: NAMESPACE,
    uid: `uid-${name}`,
    creationTimestamp: new Date(createdAt).toISOString(),
    labels: { [RUN_LABEL]: name },
  },
});

describe('RunRecorder', () => {
  let kubernetes: FakeKubernetes;
  let database: Knex;
  const logger = mockServices.logger.mock();
  const stops: Array<() => Promise<void>> = [];

  const startReplica = () => {
    const store = createTestStore({ sandbox: kubernetes });
    const recorder = new RunRecorder({
      store,
      history: new RunHistory({ database }),
      logger,
      keepDays: 1,
      timing: { flushMs: 10 },
    });
    stops.push(async () => {
      await recorder.stop();
      await store.stop();
    });
    return store;
  };
  const states = async () =>
    Object.fromEntries(
      (await database('runs')).map(({ id, state }) => [id, state]),
    );

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
    ];
    database = await openDatabase({ getClient: () => databases.init() });
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()));
    await kubernetes.stop();
  });

  it('keeps what could not be written, warns once, and writes it later', async () => {
    const store = startReplica();
    await kubernetes.settled(store);
    await database.schema.renameTable('runs', 'away');
    kubernetes.objects.push(job('churn-1', Date.now()));
    await eventually(() => expect(logger.warn).toHaveBeenCalled());

    await database.schema.renameTable('away', 'runs');

    await eventually(async () =>
      expect(await states()).toEqual({ 'uid-churn-1': 'Pending' }),
    );
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('comes to the same rows with two replicas', async () => {
    const stores = [startReplica(), startReplica()];
    kubernetes.objects.push(job('churn-1', Date.now()));
    await Promise.all(stores.map(store => kubernetes.settled(store)));
    await eventually(async () =>
      expect(await states()).toEqual({ 'uid-churn-1': 'Pending' }),
    );

    kubernetes.objects = kubernetes.objects.filter(
      ({ kind }) => kind !== 'Job',
    );

    await eventually(async () =>
      expect(await states()).toEqual({ 'uid-churn-1': 'Removed' }),
    );
  });

  it('marks a run as removed when its Job was deleted before the start, but not one that another replica may see already', async () => {
    const other = new RunHistory({ database });
    const record = (id: string, createdAt: number) => ({
      id,
      name: id,
      team: 'app-ml-team',
      environment: 'dev',
      cluster: 'sandbox',
      namespace: NAMESPACE,
      state: 'Running' as const,
      createdAt: new Date(createdAt).toISOString(),
      durationSeconds: 0,
      gpus: 0,
      gpuAmounts: [],
      gpuSeconds: 0,
      sliceSeconds: 0,
      retries: 0,
      observedAt: new Date(createdAt).toISOString(),
      pods: [],
      otherGpuSeconds: 0,
      otherSliceSeconds: 0,
    });
    await other.upsert([
      record('deleted', Date.now() - 60_000),
      record('newer', Date.now() + 60_000),
    ]);

    startReplica();

    await eventually(async () =>
      expect(await states()).toEqual({ deleted: 'Removed', newer: 'Running' }),
    );
  });
});
