import { withSubject } from '../processes';
import { fullScale } from '../Scale';

const EVENTS_PER_SECOND = 5_000;
const MAX_P99_MS = 5_000;

/** A mass rollout: 5,000 events a second. @throws when events are lost or served late. */
export async function storm(seconds: number): Promise<string> {
  const { sent, received } = await withSubject(
    { ...fullScale.fixture, reports: 0 },
    'ours',
    async ({ url, ask, fixture }) => {
      await ask({ do: 'sync', url });
      await ask({ do: 'receive' });
      return {
        sent: await fixture.ask({
          do: 'send-events',
          perSecond: EVENTS_PER_SECOND,
          seconds,
        }),
        received: await ask({ do: 'received' }),
      };
    },
  );
  const words = `${received.events} of ${
    sent.sent
  } events served in ${seconds} s, p99 ${Math.round(received.p99Ms)} ms`;
  if (received.events !== sent.sent || received.p99Ms > MAX_P99_MS) {
    throw new Error(words);
  }
  return words;
}
