import type { FixtureSize } from '../fixture/size';
import { withWatchClient } from '../processes';

/**
 * Simulates a mass rollout with many events per second.
 *
 * @returns the number and the delay of the processed events
 * @throws if events are lost, or if the store differs from the server at the end
 */
export async function storm(options: {
  size: FixtureSize;
  eventsPerSecond: number;
  seconds: number;
}): Promise<{ events: number; p99Ms: number }> {
  const { size, eventsPerSecond: perSecond, seconds } = options;
  return withWatchClient(
    size,
    'clusterStore',
    async ({ url, ask, fixture }) => {
      await ask({ do: 'sync', url });
      await ask({ do: 'receive' });
      const sent = await fixture.ask({ do: 'send-events', perSecond, seconds });
      const { events, p99Ms } = await ask({
        do: 'received',
        count: sent.sent,
      });
      const stored = await ask({ do: 'stored', type: 'pods' });
      if (events !== sent.sent) {
        throw new Error(`${events} of ${sent.sent} events were processed`);
      }
      if (stored.objects !== size.pods || stored.versions !== sent.versions) {
        throw new Error('The store is not equal to the server');
      }
      return { events, p99Ms };
    },
  );
}
