import type { ObjectEvents } from '@internal/plugin-ml-platform-common';
import { eventTime, redactAddresses } from '@internal/plugin-ml-platform-node';
import type { FreshnessTracker } from '../../kubernetes/FreshnessTracker';

/** Lists the events of one object, newest first, in the format of the Kubernetes plugin's pod drawer. */
export async function eventsOf(
  reads: FreshnessTracker,
  options: { cluster: string; namespace: string; name: string },
): Promise<ObjectEvents> {
  const { cluster, namespace, name } = options;
  const events = await reads.list(cluster, 'events', {
    namespace,
  });
  return {
    items: events
      .filter(({ involvedObject }) => involvedObject.name === name)
      .sort((a, b) => eventTime(b).localeCompare(eventTime(a)))
      .map(event => ({
        metadata: {
          name: event.metadata.name,
          namespace,
          creationTimestamp: event.metadata.creationTimestamp,
        },
        type: event.type ?? 'Normal',
        reason: event.reason ?? '',
        message: redactAddresses(event.message ?? ''),
        count: event.count ?? 1,
        firstTimestamp: event.firstTimestamp ?? undefined,
        lastTimestamp: eventTime(event) || undefined,
        involvedObject: event.involvedObject,
      })),
    freshness: reads.freshness(),
  };
}
