import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  type RootHealthService,
} from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { createTestStore, FakeKubernetes } from '../testing';
import type { ClusterStore } from './ClusterStore';
import { clusterStoreServiceRef } from './clusterStoreService';
import { rootHealthServiceFactory } from './storeHealth';

const HOUR_MS = 3_600_000;

async function startWith(store: ClusterStore) {
  let health: RootHealthService | undefined;
  const backend = await startTestBackend({
    features: [
      createBackendPlugin({
        pluginId: 'probe',
        register(env) {
          env.registerInit({
            deps: { rootHealth: coreServices.rootHealth },
            async init({ rootHealth }) {
              health = rootHealth;
            },
          });
        },
      }),
      createServiceFactory({
        service: clusterStoreServiceRef,
        deps: {},
        factory: () => store,
      }),
      rootHealthServiceFactory,
    ],
  });
  return { backend, health: health! };
}

describe('health', () => {
  let kubernetes: FakeKubernetes;

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
  });
  afterEach(() => kubernetes.stop());

  it('is ready when the clusters were listed, or are unreadable', async () => {
    kubernetes.behaviour = 'silent';
    const patient = createTestStore(
      { one: kubernetes },
      { responseTimeoutMs: HOUR_MS },
    );
    let store = patient;
    const { backend, health } = await startWith({
      status: () => store.status(),
    } as Partial<ClusterStore> as ClusterStore);

    const listing = await health.getReadiness();
    await patient.stop();
    store = createTestStore({ one: kubernetes }, { responseTimeoutMs: 500 });
    await kubernetes.settled(store);
    const unreadable = await health.getReadiness();
    kubernetes.behaviour = 'normal';
    await kubernetes.settled(store);
    const listed = await health.getReadiness();

    expect(listing).toMatchObject({
      status: 503,
      payload: { message: expect.stringContaining('pods of one') },
    });
    expect(unreadable.status).toBe(200);
    expect(listed.status).toBe(200);
    expect((await health.getLiveness()).status).toBe(200);
    await backend.stop();
    expect((await health.getReadiness()).status).toBe(503);
    await store.stop();
  });

  it('is not alive when a reflector has stopped', async () => {
    const store = createTestStore({ one: kubernetes });
    await kubernetes.settled(store);
    const { backend, health } = await startWith(store);
    await store.stop();
    const now = performance.now();
    const clock = jest.spyOn(performance, 'now').mockReturnValue(now + HOUR_MS);

    const { status, payload } = await health.getLiveness();
    clock.mockRestore();

    expect(status).toBe(503);
    expect(JSON.stringify(payload)).toContain('pods of one');
    await backend.stop();
  });
});
