import { setTimeout as delay } from 'node:timers/promises';
import { fullSize } from '../fixture/size';
import { withSubject } from '../processes';
import { atMost, type Row } from '../Row';

const EVENTS_PER_SECOND = 500;
const EVENT_SECONDS = 20;
const POLL_MS = 10_000;
/** The peer parses a type's list as one text, and texts end at 512 MB: this many reports are what it can read. */
const PEER_REPORTS = 2_000;

const size = `${fullSize.pods} pods, ${fullSize.reports} reports`;

async function measureOurs() {
  return withSubject(fullSize, 'ours', async ({ url, ask, fixture }) => {
    const sync = await ask({ do: 'sync', url });
    await delay(1_000);
    await ask({ do: 'receive' });
    await fixture.ask({
      do: 'send-events',
      perSecond: EVENTS_PER_SECOND,
      seconds: EVENT_SECONDS,
    });
    const events = await ask({ do: 'received' });
    const relisted = ask({ do: 'relist' });
    fixture.tell({ do: 'expire' });
    return { sync, events, relist: await relisted };
  });
}

async function measurePeer(reports: number) {
  return withSubject({ ...fullSize, reports }, 'peer', async ({ url, ask }) =>
    ask({ do: 'sync', url }),
  ).catch(error => {
    process.stderr.write(
      `client-node informer, ${reports} reports: ${error}\n`,
    );
    return undefined;
  });
}

/** A reader that polls sees a change after a time between nothing and its interval; its p99 follows. */
const pollingP99 = POLL_MS * 0.99;

export async function reflectorRows(): Promise<Row[]> {
  const ours = await measureOurs();
  const peer =
    (await measurePeer(fullSize.reports)) ?? (await measurePeer(PEER_REPORTS));
  return [
    atMost(`cold sync of ${size}, s`, ours.sync.seconds, 15, peer?.seconds),
    atMost(
      'the same, s of CPU: what it takes on a machine that does nothing else',
      ours.sync.cpuSeconds,
      15,
      peer?.cpuSeconds,
    ),
    atMost(
      `peak memory over idle, ${size}, MB`,
      ours.sync.peakMb,
      300,
      peer?.peakMb,
    ),
    atMost(
      'longest event-loop block during sync, ms',
      ours.sync.blockedMs,
      100,
      peer?.blockedMs,
    ),
    atMost(
      'the same, ms of CPU',
      ours.sync.blockedCpuMs,
      100,
      peer?.blockedCpuMs,
    ),
    atMost(
      'longest event-loop block during relist, ms',
      ours.relist.blockedMs,
      100,
    ),
    atMost('the same, ms of CPU', ours.relist.blockedCpuMs, 100),
    atMost(
      `event to value served, p99 at ${EVENTS_PER_SECOND} events/s, ms`,
      ours.events.events === EVENTS_PER_SECOND * EVENT_SECONDS
        ? ours.events.p99Ms
        : Infinity,
      1_000,
      pollingP99,
    ),
  ];
}
