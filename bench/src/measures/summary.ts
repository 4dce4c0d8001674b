import { atLeast, atMost, type Row } from '../Row';
import type { Scale } from '../Scale';
import type { LoadRequest } from '../load/generator';
import {
  bytesOf,
  expectSomething,
  type RunningBackend,
  type StockAnswer,
} from '../withBackend';

const CONNECTIONS = 20;
/** Share of the duration. */
const WARM_UP = 0.3;
/** Enough requests for a meaningful p99: with fewer it is a single garbage collection. */
const STEADY = 4;
const RATE = 100;
/** Share of the peer's maximum rate: at a higher rate the measurement would show its queue. */
const SUSTAINABLE = 0.5;
const TIMES_OF_PEER = 10;

export const summaryPath = '/api/ml-platform/teams/team-0/workloads/service-0';
const peerPath = '/api/kubernetes/services/service-0';
const peerEntity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'service-0' },
};

export const podsOf = (answer: {
  environments: Array<{ pods: { ready: number } }>;
}): number => answer.environments[0].pods.ready;
const podsOfPeer = ({ items }: StockAnswer): number =>
  items[0].resources.find(({ type }) => type === 'pods')?.resources.length ?? 0;

type Measured = Awaited<ReturnType<typeof measure>>;

async function measure<T>(
  backend: RunningBackend,
  asked: LoadRequest,
  count: (answer: T) => number,
  seconds: number,
  rateOf: (perSecond: number) => number,
) {
  const bytes = await bytesOf(asked);
  await expectSomething(asked, count);
  const common = { do: 'load', asked, connections: CONNECTIONS } as const;
  await backend.load({ ...common, seconds: seconds * WARM_UP });
  const before = await backend.requestsOfCluster();
  const { answers, perSecond, cpuMs } = await backend.load({
    ...common,
    seconds,
  });
  const calls = (await backend.requestsOfCluster()) - before;
  const rate = rateOf(perSecond);
  const { p99Ms } = await backend.load({
    ...common,
    seconds: seconds * STEADY,
    rate,
  });
  return {
    bytes,
    perSecond,
    perCpuSecond: answers / (cpuMs / 1_000),
    rate,
    p99Ms,
    callsPerThousand: (calls / answers) * 1_000,
  };
}

/** Measures the summary of a service with 40 pods, including authentication and authorization. */
export const summary = {
  ours: async (backend: RunningBackend, { seconds }: Scale) =>
    measure(
      backend,
      await backend.as('engineer', summaryPath),
      podsOf,
      seconds,
      () => RATE,
    ),

  /** The stock plugin's request for the same service and its namespace. */
  peer: async (backend: RunningBackend, { seconds }: Scale) =>
    measure(
      backend,
      await backend.as('engineer', peerPath, { entity: peerEntity }),
      podsOfPeer,
      seconds,
      perSecond => Math.max(1, Math.floor(perSecond * SUSTAINABLE)),
    ),

  rows: (ours: Measured, peer: Measured): Row[] => [
    atLeast(
      `summary of a service with 40 pods, ${CONNECTIONS} connections, requests/s`,
      ours.perSecond,
      peer.perSecond,
      TIMES_OF_PEER,
    ),
    atLeast(
      "the same for a second of the backend's CPU: what else runs on the machine counts less",
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
      'calls of the API server for 1,000 of them',
      ours.callsPerThousand,
      0,
      peer.callsPerThousand,
    ),
  ],
};
