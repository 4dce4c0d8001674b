import { metrics } from '@opentelemetry/api';
import type { ClusterStore } from './ClusterStore';

/** By cluster and type, through the OpenTelemetry SDK that the process has, as Backstage's own metrics. */
export function reportMetrics(store: ClusterStore): void {
  const meter = metrics.getMeter('ml-platform');
  const staleness = meter.createObservableGauge(
    'ml_platform.cluster_store.staleness',
    {
      description: 'Time since the cluster was last heard about the type',
      unit: 's',
    },
  );
  const objects = meter.createObservableGauge(
    'ml_platform.cluster_store.objects',
    { description: 'Objects in the store' },
  );
  const events = meter.createObservableCounter(
    'ml_platform.cluster_store.events',
    { description: 'Watch events that were applied' },
  );
  const relists = meter.createObservableCounter(
    'ml_platform.cluster_store.relists',
    { description: 'Lists after the first, because a watch could not go on' },
  );
  const failing = meter.createObservableGauge(
    'ml_platform.cluster_store.failing',
    { description: '1 while the type cannot be followed' },
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
