import { metrics, type MeterProvider } from '@opentelemetry/api';
import { createTestStore, FakeKubernetes } from '../testing';
import { reportMetrics } from './reportMetrics';

type Observe = (
  instrument: string,
  value: number,
  attributes: Record<string, string>,
) => void;

/** Collects values through a fake MeterProvider, whose instruments are their names. */
function collect(report: () => void) {
  const callbacks: Array<(result: { observe: Observe }) => void> = [];
  const provider = {
    getMeter: () => ({
      createObservableGauge: (name: string) => name,
      createObservableCounter: (name: string) => name,
      addBatchObservableCallback: (callback: (typeof callbacks)[number]) =>
        callbacks.push(callback),
    }),
  };
  metrics.setGlobalMeterProvider(provider as unknown as MeterProvider);
  report();
  metrics.disable();
  return (cluster: string, type: string) => {
    const values: Record<string, number> = {};
    for (const callback of callbacks) {
      callback({
        observe: (name, value, attributes) => {
          if (attributes.cluster === cluster && attributes.type === type) {
            values[name.replace('ml_platform.cluster_store.', '')] = value;
          }
        },
      });
    }
    return values;
  };
}

it('reports each type of each cluster', async () => {
  const kubernetes = await FakeKubernetes.start();
  const pod = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'team' },
  });
  kubernetes.objects = [pod('a')];
  const store = createTestStore({ one: kubernetes });
  const read = collect(() => reportMetrics(store));
  await kubernetes.settled(store);
  kubernetes.objects.push(pod('b'));
  await kubernetes.settled(store);

  const before = read('one', 'pods');
  kubernetes.behaviour = 500;
  kubernetes.forgetHistory();
  await kubernetes.settled(store);
  const failing = read('one', 'pods');
  kubernetes.behaviour = 'normal';
  await kubernetes.settled(store);
  const after = read('one', 'pods');

  expect(before).toEqual({
    staleness: expect.any(Number),
    objects: 2,
    events: 1,
    relists: 0,
    failing: 0,
  });
  expect(failing).toMatchObject({ objects: 2, failing: 1 });
  expect(failing.staleness).toBeGreaterThan(0);
  expect(after.failing).toBe(0);
  await store.stop();
  await kubernetes.stop();
}, 120_000);
