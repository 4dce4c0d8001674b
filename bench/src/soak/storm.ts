import type { FixtureSize } from '../fixture/size';
import { withSubject } from '../processes';

/**
 * A mass rollout: many events a second.
 *
 * @returns how many were served, and how late.
 * @throws when events are lost, or the store is not equal to the server at the end.
 */
export async function storm(options: {
  size: FixtureSize;
  eventsPerSecond: number;
  seconds: number;
}): Promise<{ events: number; p99Ms: number }> {
  const { size, eventsPerSecond: perSecond, seconds } = options;
  return withSubject(size, 'ours', async ({ url, ask, fixture }) => {
    await ask({ do: 'sync', url });
    await ask({ do: 'receive' });
    const sent = await fixture.ask({ do: 'send-events', perSecond, seconds });
    const { events, p99Ms } = await ask({ do: 'received' });
    const held = await ask({ do: 'held', type: 'pods' });
    if (events !== sent.sent) {
      throw new Error(`${events} of ${sent.sent} events were served`);
    }
    if (held.objects !== size.pods || held.versions !== sent.versions) {
      throw new Error('The store is not equal to the server');
    }
    return { events, p99Ms };
  });
}
