import { atLeast, atMost, type Row } from '../Row';
import type { Scale } from '../Scale';
import type { LoadRequest } from '../load/LoadRequest';
import {
  waitForResponseBytes,
  expectNonEmptyResponse,
  type RunningBackend,
  type StockResponse,
} from '../withBackend';

const CONNECTIONS = 20;
/** Duration of the warm-up, as a multiple of the measured duration. */
const WARM_UP_FACTOR = 0.3;
/**
 * Duration of the latency measurement, as a multiple of the throughput measurement's: with fewer requests, a single
 * garbage collection would determine the p99.
 */
const LATENCY_RUN_FACTOR = 4;
/** Rate at which our latency is measured. */
const REQUESTS_PER_SECOND = 100;
/**
 * Rate at which the peer's latency is measured, as a share of its maximum throughput. Closer to the maximum, requests
 * would queue, and the latency would be that of the queue.
 */
const PEER_RATE_SHARE = 0.5;
/** Required throughput, as a multiple of the peer's. */
const MIN_RATIO = 10;

export const summaryPath = '/api/ml-platform/teams/team-0/workloads/service-0';
const peerPath = '/api/kubernetes/services/service-0';
const peerEntity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'service-0' },
};

/** Number of ready pods in a response of `summaryPath`. */
export const countPods = (response: {
  environments: Array<{ pods: { ready: number } }>;
}): number => response.environments[0].pods.ready;
const countPeerPods = ({ items }: StockResponse): number =>
  items[0].resources.find(({ type }) => type === 'pods')?.resources.length ?? 0;

type SummaryMeasurement = Awaited<ReturnType<typeof measure>>;

/**
 * Measures the throughput with as many requests as possible, then the latency at a fixed rate.
 *
 * @param rateOf - returns the fixed rate, in requests per second, for the measured throughput.
 */
async function measure<T>(
  backend: RunningBackend,
  request: LoadRequest,
  count: (response: T) => number,
  seconds: number,
  rateOf: (perSecond: number) => number,
) {
  const bytes = await waitForResponseBytes(request);
  await expectNonEmptyResponse(request, count);
  const common = { request, connections: CONNECTIONS };
  const warmUp = seconds * WARM_UP_FACTOR;
  await backend.load({ do: 'saturate', ...common, seconds: warmUp });
  const before = await backend.apiServerRequests();
  const { responses, perSecond, cpuMs } = await backend.load({
    do: 'saturate',
    ...common,
    seconds,
  });
  const calls = (await backend.apiServerRequests()) - before;
  const rate = rateOf(perSecond);
  const { p99Ms } = await backend.load({
    do: 'rate',
    ...common,
    seconds: seconds * LATENCY_RUN_FACTOR,
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
      countPods,
      seconds,
      () => REQUESTS_PER_SECOND,
    ),

  /** The stock plugin's request for the same service and its namespace. */
  peer: async (backend: RunningBackend, { seconds }: Scale) =>
    measure(
      backend,
      await backend.requestAs('engineer', peerPath, { entity: peerEntity }),
      countPeerPods,
      seconds,
      perSecond => Math.max(1, Math.floor(perSecond * PEER_RATE_SHARE)),
    ),

  rows: (ours: SummaryMeasurement, peer: SummaryMeasurement): Row[] => [
    atLeast(
      `summary of a service with 40 pods, ${CONNECTIONS} connections, requests/s`,
      ours.perSecond,
      peer.perSecond,
      MIN_RATIO,
    ),
    atLeast(
      "the same, per second of the backend's CPU time (less sensitive to other load on the machine)",
      ours.perCpuSecond,
      peer.perCpuSecond,
      MIN_RATIO,
    ),
    atMost(
      `the same at ${REQUESTS_PER_SECOND} requests/s (peer: at ${peer.rate}), p99, ms`,
      ours.p99Ms,
      50,
      peer.p99Ms,
    ),
    atMost(
      'the same, response size in bytes (gzip)',
      ours.bytes,
      10_000,
      peer.bytes,
    ),
    atMost(
      'API server requests per 1,000 of these requests',
      ours.callsPerThousand,
      0,
      peer.callsPerThousand,
    ),
  ],
};
