import type { FixtureSize } from '../fixture/size';
import { withSubject } from '../processes';

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
  return withSubject(size, 'ours', async ({ url, callSubject, fixture }) => {
    await callSubject({ do: 'sync', url });
    await callSubject({ do: 'receive' });
    const sent = await fixture.call({ do: 'send-events', perSecond, seconds });
    const { events, p99Ms } = await callSubject({
      do: 'received',
      count: sent.sent,
    });
    const stored = await callSubject({ do: 'stored', type: 'pods' });
    if (events !== sent.sent) {
      throw new Error(`${events} of ${sent.sent} events were processed`);
    }
    if (stored.objects !== size.pods || stored.versions !== sent.versions) {
      throw new Error('The store is not equal to the server');
    }
    return { events, p99Ms };
  });
}
