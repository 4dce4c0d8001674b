import { atLeast, atMost, type Row } from '../Row';
import type { Scale } from '../Scale';
import type { LoadRequest } from '../load/generator';
import {
  waitForResponseBytes,
  expectNonEmpty,
  type RunningBackend,
  type StockResponse,
} from '../withBackend';

const CONNECTIONS = 20;
/** Duration of the warm-up, as a factor of `Scale.seconds`. */
const WARM_UP_FACTOR = 0.3;
/** Duration at a fixed rate, as a factor of `Scale.seconds`. In a shorter time, one garbage collection determines the p99. */
const FIXED_RATE_FACTOR = 4;
/** Requests per second of the latency measurement. */
const RATE = 100;
/** Share of the peer's maximum rate. At a higher rate the measured latency would be mostly time in its queue. */
const PEER_RATE_SHARE = 0.5;
const TIMES_OF_PEER = 10;

export const summaryPath = '/api/ml-platform/teams/team-0/workloads/service-0';
const peerPath = '/api/kubernetes/services/service-0';
const peerEntity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'service-0' },
};

export const podsOf = (body: {
  environments: Array<{ pods: { ready: number } }>;
}): number => body.environments[0].pods.ready;
const podsOfPeer = ({ items }: StockResponse): number =>
  items[0].resources.find(({ type }) => type === 'pods')?.resources.length ?? 0;

type Measured = Awaited<ReturnType<typeof measure>>;

async function measure<T>(
  backend: RunningBackend,
  request: LoadRequest,
  count: (body: T) => number,
  seconds: number,
  rateOf: (perSecond: number) => number,
) {
  const bytes = await waitForResponseBytes(request);
  await expectNonEmpty(request, count);
  const common = { do: 'load', request, connections: CONNECTIONS } as const;
  await backend.load({ ...common, seconds: seconds * WARM_UP_FACTOR });
  const before = await backend.apiServerRequests();
  const { responses, perSecond, cpuMs } = await backend.load({
    ...common,
    seconds,
  });
  const calls = (await backend.apiServerRequests()) - before;
  const rate = rateOf(perSecond);
  const { p99Ms } = await backend.load({
    ...common,
    seconds: seconds * FIXED_RATE_FACTOR,
    rate,
  });
  return {
    bytes,
    perSecond,
    perCpuSecond: responses / (cpuMs / 1_000),
    rate,
    p99Ms,
    callsPerThousand: (calls / responses) * 1_000,
  };
}

/** Measures the summary of a service with 40 pods, including authentication and authorization. */
export const summary = {
  ours: async (backend: RunningBackend, { seconds }: Scale) =>
    measure(
      backend,
      await backend.requestAs('engineer', summaryPath),
      podsOf,
      seconds,
      () => RATE,
    ),

  /** The stock plugin's request for the same service and its namespace. */
  peer: async (backend: RunningBackend, { seconds }: Scale) =>
    measure(
      backend,
      await backend.requestAs('engineer', peerPath, { entity: peerEntity }),
      podsOfPeer,
      seconds,
      perSecond => Math.max(1, Math.floor(perSecond * PEER_RATE_SHARE)),
    ),

  rows: (ours: Measured, peer: Measured): Row[] => [
    atLeast(
      `summary of a service with 40 pods, ${CONNECTIONS} connections, requests/s`,
      ours.perSecond,
      peer.perSecond,
      TIMES_OF_PEER,
    ),
    atLeast(
      'the same, requests per second of CPU time of the backend (depends less on other load of the machine)',
      ours.perCpuSecond,
      peer.perCpuSecond,
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
      'the same, API server requests per 1,000 requests',
      ours.callsPerThousand,
      0,
      peer.callsPerThousand,
    ),
  ],
};
