import {
  testDatabase,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';
import { NAMESPACE } from '../__testUtils__/scorer';
import {
  RunSuite,
  at,
  ended,
  list,
  runJob,
  runPod,
  succeeded,
} from './__testUtils__/RunSuite';

const databases = testDatabase();

/** Kueue's Workload of a Job that waits for quota. */
function queuedWorkload(job: FakeObject, priority: number): FakeObject {
  const { name, uid } = job.metadata;
  return {
    apiVersion: 'kueue.x-k8s.io/v1beta2',
    kind: 'Workload',
    metadata: {
      name: `job-${name}`,
      namespace: NAMESPACE,
      uid: `uid-job-${name}`,
      creationTimestamp: at(0),
      ownerReferences: [{ kind: 'Job', name, uid }],
    },
    spec: { queueName: 'gpu', priority, active: true },
    status: {
      conditions: [
        { type: 'QuotaReserved', status: 'False', reason: 'Pending' },
      ],
    },
  };
}

describe('place in the queue, image and cost of runs', () => {
  let suite: RunSuite;

  beforeEach(async () => {
    suite = await RunSuite.create(databases);
  });
  afterEach(() => suite.stopAll());

  it('gives waiting runs their place', async () => {
    const later = runJob('later', {});
    const first = runJob('first', {});
    suite.kubernetes.objects.push(
      later,
      first,
      queuedWorkload(later, 0),
      queuedWorkload(first, 10),
    );
    const { items } = await list(await suite.start(), 'sort=name&order=asc');
    expect(items).toMatchObject([
      {
        name: 'first',
        queue: { name: 'gpu', position: 1, length: 2 },
        reason: expect.stringContaining('Position 1 of 2'),
      },
      { name: 'later', queue: { position: 2, length: 2 } },
    ]);
    expect(items[0].gpuCost).toBeUndefined();
  });

  it('prices GPU hours, and keeps the image after the Job is deleted', async () => {
    const job = runJob('churn-1', succeeded(0, 90));
    const pod = runPod('churn-1-a', job, 'Succeeded', ended(0, 0, 90));
    suite.kubernetes.objects.push(job, pod);
    const platform = await suite.start({
      config: {
        prices: {
          currency: 'EUR',
          perHour: { cpuCore: 0.1, memoryGib: 0.01, gpu: 2 },
          perMonth: { storageGib: 0.073 },
        },
      },
    });
    const expected = { image: 'ghcr.io/acme/scorer:1.0.0', gpuCost: 6 };
    const before = await list(platform);
    expect(before.prices).toEqual({ currency: 'EUR', sample: false });
    expect(before.items).toMatchObject([{ ...expected, pod: 'churn-1-a' }]);
    await suite.recorded('uid-churn-1');
    suite.remove(job, pod);
    await suite.recorded('uid-churn-1', { removed_at: expect.any(String) });

    const [after] = (await list(platform)).items;
    expect(after).toMatchObject(expected);
    expect(after.pod).toBeUndefined();
  });
});
