import { PODS_PER_WORKLOAD } from '../fixture/objects';
import { withWatchClient } from '../processes';
import { atMost, type Row } from '../Row';
import type { Scale } from '../Scale';
import {
  waitForResponseBytes,
  expectNonEmptyResponse,
  withBackend,
} from '../withBackend';
import { countPods, summaryPath } from './summary';

/**
 * Tolerance for costs that are proportional to the number of pods: with 10 times the pods, they may be 13 times as high.
 */
const LINEAR_TOLERANCE = 1.3;
/** Maximum factor for costs that should not depend on the number of pods. */
const MAX_CONSTANT_GROWTH = 1.5;

const clusterOf = (pods: number) => ({
  namespaces: 500,
  pods,
  reports: 0,
  applications: 0,
});

async function measureClusterStore(pods: number, samples: number) {
  return withWatchClient(
    clusterOf(pods),
    'clusterStore',
    async ({ url, ask }) => ({
      sync: await ask({ do: 'sync', url }),
      read: await ask({
        do: 'read',
        workloads: pods / PODS_PER_WORKLOAD,
        count: samples,
      }),
    }),
  );
}

async function measureRoute(pods: number, samples: number) {
  return withBackend(clusterOf(pods), 'portal', async backend => {
    const request = await backend.requestAs('engineer', summaryPath);
    await waitForResponseBytes(request);
    await expectNonEmptyResponse(request, countPods);
    const times = () =>
      backend.load({ do: 'times', requests: [request], rounds: samples });
    // The first run is a warm-up.
    await times();
    return times();
  });
}

/** Growth of the cluster store's costs from a small to a large cluster; without a peer. */
export async function growthRows({ growth, samples }: Scale): Promise<Row[]> {
  const [few, many] = growth;
  const small = await measureClusterStore(few, samples);
  const large = await measureClusterStore(many, samples);
  const linear = (many / few) * LINEAR_TOLERANCE;
  const times = `times, ${few} to ${many} pods`;
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
      `read of a workload among ${many} pods, p99, ms`,
      large.read.p99Ms,
      1,
    ),
  ];
}

/** Growth of a summary's latency and CPU time from a small to a large cluster; without a peer. */
export async function routeGrowthRows(scale: Scale): Promise<Row[]> {
  const [few, many] = scale.growth;
  const small = await measureRoute(few, scale.samples);
  const large = await measureRoute(many, scale.samples);
  const times = `times, ${few} to ${many} pods`;
  return [
    atMost(
      `summary of a service, p50, ${times}`,
      large.p50Ms / small.p50Ms,
      MAX_CONSTANT_GROWTH,
    ),
    atMost(
      `summary of a service, p99, ${times}`,
      large.p99Ms / small.p99Ms,
      MAX_CONSTANT_GROWTH,
    ),
    atMost(
      `summary of a service, CPU, ${times}`,
      large.cpuMs / small.cpuMs,
      MAX_CONSTANT_GROWTH,
    ),
  ];
}
