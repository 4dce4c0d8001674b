import { atLeast, atMost, type Row } from '../Row';
import type { Scale } from '../Scale';
import { bytesOf, withBackend, type RunningBackend } from '../withBackend';

const CONNECTIONS = 20;
const WARM_UP_SECONDS = 3;
const RATE = 100;
/** Of what the peer answers at most: at a rate that it cannot sustain, its queue would be measured. */
const SUSTAINABLE = 0.5;
const TIMES_OF_PEER = 10;

export const summaryPath = '/api/ml-platform/teams/team-0/workloads/service-0';
const peerPath = '/api/kubernetes/services/service-0';
const peerEntity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'service-0' },
};

type Asked = Awaited<ReturnType<RunningBackend['as']>>;

async function measure(
  backend: RunningBackend,
  asked: Asked,
  seconds: number,
  rateOf: (perSecond: number) => number,
) {
  const bytes = await bytesOf(asked);
  const common = { do: 'load', asked, connections: CONNECTIONS } as const;
  await backend.load({ ...common, seconds: WARM_UP_SECONDS });
  const before = await backend.requestsOfCluster();
  const { answers, perSecond } = await backend.load({ ...common, seconds });
  const calls = (await backend.requestsOfCluster()) - before;
  const rate = rateOf(perSecond);
  const { p99Ms } = await backend.load({ ...common, seconds, rate });
  return {
    bytes,
    perSecond,
    rate,
    p99Ms,
    callsPerThousand: (calls / answers) * 1_000,
  };
}

/** The summary of a service with 40 pods, with a user's token and a permission to decide, beside the stock plugin's answer. */
export async function routeRows({ fixture, seconds }: Scale): Promise<Row[]> {
  const size = { ...fixture, reports: 0 };
  const ours = await withBackend(size, 'portal', async backend =>
    measure(
      backend,
      await backend.as('engineer', summaryPath),
      seconds,
      () => RATE,
    ),
  );
  const peer = await withBackend(size, 'stock', async backend =>
    measure(
      backend,
      await backend.as('engineer', peerPath, { entity: peerEntity }),
      seconds,
      perSecond => Math.max(1, Math.floor(perSecond * SUSTAINABLE)),
    ),
  );
  return [
    atLeast(
      `summary of a service with 40 pods, ${CONNECTIONS} connections, requests/s`,
      ours.perSecond,
      peer.perSecond,
      TIMES_OF_PEER,
    ),
    atMost(
      `the same at ${RATE} requests/s (peer: at ${peer.rate}), p99, ms`,
      ours.p99Ms,
      50,
      peer.p99Ms,
    ),
    atMost('the same, bytes as sent (gzip)', ours.bytes, 10_000, peer.bytes),
    atMost(
      'calls of the API server for 1,000 of them',
      ours.callsPerThousand,
      0,
      peer.callsPerThousand,
    ),
  ];
}
