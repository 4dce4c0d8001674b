import { PODS_PER_WORKLOAD } from '../fixture/objects';
import { withSubject } from '../processes';
import { atMost, type Row } from '../Row';
import type { Scale } from '../Scale';
import {
  waitForResponseBytes,
  expectNonEmpty,
  withBackend,
} from '../withBackend';
import { podsOf, summaryPath } from './summary';

/** Allowed factor over linear growth, for costs that grow with the number of pods. */
const LINEAR_TOLERANCE = 1.3;
/** Allowed growth of costs that should not depend on the number of pods. */
const CONSTANT_TOLERANCE = 1.5;

const cluster = (pods: number) => ({
  namespaces: 500,
  pods,
  reports: 0,
  applications: 0,
});

async function measureStore(pods: number, samples: number) {
  return withSubject(cluster(pods), 'ours', async ({ url, callSubject }) => ({
    sync: await callSubject({ do: 'sync', url }),
    read: await callSubject({
      do: 'read',
      workloads: pods / PODS_PER_WORKLOAD,
      count: samples,
    }),
  }));
}

async function measureRoute(pods: number, samples: number) {
  return withBackend(cluster(pods), 'portal', async backend => {
    const request = await backend.requestAs('engineer', summaryPath);
    await waitForResponseBytes(request);
    await expectNonEmpty(request, podsOf);
    const times = () =>
      backend.load({ do: 'times', requests: [request], rounds: samples });
    await times();
    return times();
  });
}

export async function growthRows({ growth, samples }: Scale): Promise<Row[]> {
  const [few, many] = growth;
  const small = await measureStore(few, samples);
  const large = await measureStore(many, samples);
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

export async function routeGrowthRows(scale: Scale): Promise<Row[]> {
  const [few, many] = scale.growth;
  const small = await measureRoute(few, scale.samples);
  const large = await measureRoute(many, scale.samples);
  const times = `times, ${few} to ${many} pods`;
  return [
    atMost(
      `summary of a service, p50, ${times}`,
      large.p50Ms / small.p50Ms,
      CONSTANT_TOLERANCE,
    ),
    atMost(
      `summary of a service, p99, ${times}`,
      large.p99Ms / small.p99Ms,
      CONSTANT_TOLERANCE,
    ),
    atMost(
      `summary of a service, CPU, ${times}`,
      large.cpuMs / small.cpuMs,
      CONSTANT_TOLERANCE,
    ),
  ];
}
