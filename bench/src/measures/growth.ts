import { withSubject } from '../processes';
import { atMost, type Row } from '../Row';

const SMALL = 5_000;
const LARGE = 50_000;
/** Ten times the pods may cost this much more than ten times. */
const ROOM = 1.3;

async function measure(pods: number) {
  return withSubject(
    { namespaces: 500, pods, reports: 0, applications: 0 },
    'ours',
    async ({ url, ask }) => ({
      sync: await ask({ do: 'sync', url }),
      read: await ask({ do: 'read', workloads: pods / 20 }),
    }),
  );
}

export async function growthRows(): Promise<Row[]> {
  const small = await measure(SMALL);
  const large = await measure(LARGE);
  const linear = (LARGE / SMALL) * ROOM;
  const times = `times, ${SMALL} to ${LARGE} pods`;
  return [
    atMost(
      `memory held, ${times}`,
      large.sync.heldMb / small.sync.heldMb,
      linear,
    ),
    atMost(
      `cold sync, ${times}`,
      large.sync.seconds / small.sync.seconds,
      linear,
    ),
    atMost(
      `read of a workload, p99, ${times}`,
      large.read.p99Ms / small.read.p99Ms,
      3,
    ),
    atMost(
      `read of a workload among ${LARGE} pods, p99, ms`,
      large.read.p99Ms,
      1,
    ),
  ];
}
