import { mockServices } from '@backstage/backend-test-utils';
import { RUN_LABEL } from '@internal/plugin-ml-platform-common';
import {
  createTestStore,
  FakeKubernetes,
  fakeObjects,
  testDatabase,
} from '@internal/plugin-ml-platform-node/testing';
import { eventually } from '../__testUtils__/eventually';
import { NAMESPACE, object, template } from '../__testUtils__/scorer';
import { openDatabase } from '../database/openDatabase';
import { SqliteWriter } from '../database/SqliteWriter';
import { RunHistory } from './RunHistory';
import { RunRecorder } from './RunRecorder';

const databases = testDatabase();

it('keeps what could not be written, in an epoch that goes on', async () => {
  const kubernetes = await FakeKubernetes.start();
  kubernetes.objects = [fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE)];
  const store = createTestStore({ sandbox: kubernetes });
  const database = await openDatabase({ getClient: () => databases.init() });
  const writer = await SqliteWriter.create(database);
  let refusals = 0;
  const recorder = RunRecorder.create({
    store,
    writer: {
      epoch: () => 1,
      write: async work => {
        if (refusals > 0) {
          refusals -= 1;
          return false;
        }
        return writer.write(work);
      },
    },
    history: RunHistory.create(database),
    logger: mockServices.logger.mock(),
    keepDays: 1,
    timing: { flushMs: 10 },
  });
  const ids = () => database('runs').pluck('id');

  await kubernetes.settled(store);
  refusals = 5;
  kubernetes.objects.push({
    ...object('batch/v1', 'Job', 'churn-1', { spec: { template } }),
    metadata: {
      name: 'churn-1',
      namespace: NAMESPACE,
      uid: 'uid-1',
      labels: { [RUN_LABEL]: 'churn-1' },
    },
  });

  await eventually(async () => expect(await ids()).toEqual(['uid-1']));
  expect(refusals).toBe(0);

  await recorder.stop();
  await store.stop();
  await kubernetes.stop();
});
