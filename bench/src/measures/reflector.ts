import { setTimeout as delay } from 'node:timers/promises';
import type { FixtureSize } from '../fixture/size';
import { withSubject } from '../processes';
import { atMost, type Row } from '../Row';
import type { Scale } from '../Scale';

const EVENTS_PER_SECOND = 500;
/** Duration of the event measurement, as a factor of `Scale.seconds`. */
const EVENT_DURATION_FACTOR = 2;
/** Interval of a client that polls instead of watching; the peer in the event measurement. */
const POLL_MS = 10_000;

async function measureOurs(size: FixtureSize, seconds: number) {
  return withSubject(size, 'ours', async ({ url, callSubject, fixture }) => {
    const sync = await callSubject({ do: 'sync', url });
    await delay(1_000);
    await callSubject({ do: 'receive' });
    await fixture.call({
      do: 'send-events',
      perSecond: EVENTS_PER_SECOND,
      seconds,
    });
    const events = await callSubject({
      do: 'received',
      count: EVENTS_PER_SECOND * seconds,
    });
    const relisted = callSubject({ do: 'relist' });
    fixture.send({ do: 'expire' });
    return { sync, events, relist: await relisted };
  });
}

async function measurePeer(size: FixtureSize) {
  return withSubject(size, 'peer', async ({ url, callSubject }) =>
    callSubject({ do: 'sync', url }),
  ).catch(error => {
    process.stderr.write(
      `client-node informer, ${size.reports} reports: ${error}\n`,
    );
    return undefined;
  });
}

/** The expected p99 of a polling reader, whose delay is between zero and its interval. */
const pollingP99 = POLL_MS * 0.99;

export async function reflectorRows(scale: Scale): Promise<Row[]> {
  const { fixture } = scale;
  const seconds = EVENT_DURATION_FACTOR * scale.seconds;
  const ours = await measureOurs(fixture, seconds);
  const peer =
    (await measurePeer(fixture)) ??
    (await measurePeer({ ...fixture, reports: scale.peerReports }));
  const size = `${fixture.pods} pods, ${fixture.reports} reports`;
  return [
    atMost(`cold sync of ${size}, s`, ours.sync.seconds, 15, peer?.seconds),
    atMost(
      'the same, CPU time, s (the duration on an idle machine)',
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
      'the same, CPU time, ms',
      ours.sync.blockedCpuMs,
      100,
      peer?.blockedCpuMs,
    ),
    atMost(
      'longest event-loop block during relist, ms',
      ours.relist.blockedMs,
      100,
    ),
    atMost('the same, CPU time, ms', ours.relist.blockedCpuMs, 100),
    atMost(
      `event to value served, p99 at ${EVENTS_PER_SECOND} events/s, ms`,
      ours.events.events === EVENTS_PER_SECOND * seconds
        ? ours.events.p99Ms
        : Infinity,
      1_000,
      pollingP99,
    ),
  ];
}
