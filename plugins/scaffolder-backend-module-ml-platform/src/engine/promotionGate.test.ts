import {
  ENVIRONMENT_LABEL,
  GATE_LABEL,
  KUBERNETES_ID_LABEL,
  TEAM_LABEL,
} from '@internal/plugin-ml-platform-common';
import {
  createTestStore,
  FakeKubernetes,
  eventually,
} from '@internal/plugin-ml-platform-node/testing';
import { ChangeRequestFixture } from '../__testUtils__/ChangeRequestFixture';

const HOUR_MS = 3_600_000;

let fixture: ChangeRequestFixture;
let kubernetes: FakeKubernetes;
let store: ReturnType<typeof createTestStore>;

beforeAll(async () => {
  fixture = await ChangeRequestFixture.create();
  kubernetes = await FakeKubernetes.start();
  kubernetes.objects.push({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'app-ml-team-dev',
      labels: { [TEAM_LABEL]: 'app-ml-team', [ENVIRONMENT_LABEL]: 'dev' },
    },
  });
  store = createTestStore({ sandbox: kubernetes });
  fixture.dependencies.store = store;
});
afterAll(async () => {
  await store.stop();
  await kubernetes.stop();
  await fixture.stop();
});

async function promote(environment = 'staging') {
  const task = await fixture.task({
    workload: 'ml-backend',
    template: 'promote',
  });
  await task.checkout({ mode: 'change', environment });
  return task.promote('dev');
}

function runTest(name: string, createdAt: number, condition?: string) {
  kubernetes.objects.push({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: 'app-ml-team-dev',
      creationTimestamp: new Date(createdAt).toISOString(),
      labels: {
        [GATE_LABEL]: 'promotion',
        [KUBERNETES_ID_LABEL]: 'ml-backend',
      },
    },
    spec: { template: { spec: { containers: [] } } },
    status: {
      conditions: condition ? [{ type: condition, status: 'True' }] : [],
    },
  });
}

// One story: each test goes on where the one before it ended.
it('waits for the test of an environment that has one', async () => {
  await expect(promote()).resolves.toEqual({});
  fixture.commit({
    'infra/gitops/workloads/app-ml-team/ml-backend/overlays/dev/test.yaml': `kind: Job\nmetadata:\n  labels:\n    ${GATE_LABEL}: promotion\n`,
  });
  // Of an earlier image.
  runTest('test-1', Date.now() - HOUR_MS, 'Complete');
  await expect(promote()).rejects.toThrow(
    'The test of ml-backend in dev has not run since dev changed last.',
  );
  runTest('test-2', Date.now() + HOUR_MS);
  await eventually(() =>
    expect(promote()).rejects.toThrow(
      'The test test-2 of ml-backend in dev has not finished.',
    ),
  );
});

it('stops at a test that failed, until a newer one has passed', async () => {
  runTest('test-3', Date.now() + 2 * HOUR_MS, 'Failed');
  await eventually(() =>
    expect(promote()).rejects.toThrow(
      'The test test-3 of ml-backend failed in dev.',
    ),
  );
  runTest('test-4', Date.now() + 3 * HOUR_MS, 'Complete');
  await eventually(() => expect(promote()).resolves.toEqual({}));
});

it('skips environments only where configuration allows it, and never the test', async () => {
  await expect(promote('prod')).rejects.toThrow('dev is promoted to staging.');
  fixture.dependencies.config.promotions.maySkip = true;
  await expect(promote('prod')).resolves.toEqual({});
  runTest('test-5', Date.now() + 4 * HOUR_MS, 'Failed');
  await eventually(() =>
    expect(promote('prod')).rejects.toThrow('The test test-5 of ml-backend'),
  );
});
