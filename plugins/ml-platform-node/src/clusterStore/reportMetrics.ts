import { metrics } from '@opentelemetry/api';
import type { ClusterStore } from './ClusterStore';

/** Reports metrics by cluster and type to the process's OpenTelemetry SDK, as Backstage does with its own. */
export function reportMetrics(store: ClusterStore): void {
  const meter = metrics.getMeter('ml-platform');
  const staleness = meter.createObservableGauge(
    'ml_platform.cluster_store.staleness',
    {
      description: 'Time since the last response of the cluster about the type',
      unit: 's',
    },
  );
  const objects = meter.createObservableGauge(
    'ml_platform.cluster_store.objects',
    { description: 'Objects in the store' },
  );
  const events = meter.createObservableCounter(
    'ml_platform.cluster_store.events',
    { description: 'Applied watch events' },
  );
  const relists = meter.createObservableCounter(
    'ml_platform.cluster_store.relists',
    { description: 'Lists after the first, when a watch could not be resumed' },
  );
  const failing = meter.createObservableGauge(
    'ml_platform.cluster_store.failing',
    { description: '1 while the type cannot be watched' },
  );
  meter.addBatchObservableCallback(
    result => {
      for (const status of store.status()) {
        const attributes = { cluster: status.cluster, type: status.type };
        result.observe(staleness, status.staleSeconds, attributes);
        result.observe(objects, status.objects, attributes);
        result.observe(events, status.events, attributes);
        result.observe(relists, status.relists, attributes);
        result.observe(failing, status.problem ? 1 : 0, attributes);
      }
    },
    [staleness, objects, events, relists, failing],
  );
}
