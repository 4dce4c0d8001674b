import { setTimeout as delay } from 'node:timers/promises';
import type { FixtureSize } from '../fixture/size';
import { withWatchClient } from '../processes';
import { atMost, type Row } from '../Row';
import type { Scale } from '../Scale';

const EVENTS_PER_SECOND = 500;
/** Duration of the event measurement, as a multiple of `Scale.seconds`. */
const EVENT_DURATION_FACTOR = 2;
/** The delay of events is compared with polling at this interval, because the informer's delay is not measured. */
const POLL_MS = 10_000;
/** Polling delays an event by zero to one interval. */
const POLLING_P99_MS = POLL_MS * 0.99;

/** Measures the initial lists, then the delay of events, then the lists after all watches have expired. */
async function measureClusterStore(size: FixtureSize, seconds: number) {
  return withWatchClient(
    size,
    'clusterStore',
    async ({ url, ask, fixture }) => {
      const sync = await ask({ do: 'sync', url });
      await delay(1_000);
      await ask({ do: 'receive' });
      await fixture.ask({
        do: 'send-events',
        perSecond: EVENTS_PER_SECOND,
        seconds,
      });
      const events = await ask({
        do: 'received',
        count: EVENTS_PER_SECOND * seconds,
      });
      const relisted = ask({ do: 'relist' });
      fixture.tell({ do: 'expire' });
      return { sync, events, relist: await relisted };
    },
  );
}

/** Measures the initial lists of the informer; undefined if it cannot read so many reports. */
async function measureInformer(size: FixtureSize) {
  return withWatchClient(size, 'informer', async ({ url, ask }) =>
    ask({ do: 'sync', url }),
  ).catch(error => {
    process.stderr.write(
      `client-node informer, ${size.reports} reports: ${error}\n`,
    );
    return undefined;
  });
}

/** Rows for the cluster store (`ours`), compared with the informer of @kubernetes/client-node (`peer`). */
export async function reflectorRows(scale: Scale): Promise<Row[]> {
  const { fixture } = scale;
  const seconds = EVENT_DURATION_FACTOR * scale.seconds;
  const ours = await measureClusterStore(fixture, seconds);
  const peer =
    (await measureInformer(fixture)) ??
    (await measureInformer({ ...fixture, reports: scale.peerReports }));
  const size = `${fixture.pods} pods, ${fixture.reports} reports`;
  return [
    atMost(`cold sync of ${size}, s`, ours.sync.seconds, 15, peer?.seconds),
    atMost(
      'the same, CPU time, s (its duration on an idle machine)',
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
      POLLING_P99_MS,
    ),
  ];
}
