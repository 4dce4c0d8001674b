import { withWatchClient } from '../processes';

/**
 * Reads more reports of a megabyte than the heap can hold.
 *
 * @throws if the process crashes, or misses reports
 */
export async function overload(options: {
  reports: number;
  heapMb: number;
}): Promise<{ seconds: number; peakMb: number }> {
  const { reports, heapMb } = options;
  const size = {
    namespaces: 100,
    pods: 0,
    applications: 0,
    reports,
    reportBytes: 1_000_000,
  };
  return withWatchClient(
    size,
    'clusterStore',
    async ({ url, ask }) => {
      const { seconds, peakMb } = await ask({ do: 'sync', url });
      const { objects } = await ask({
        do: 'stored',
        type: 'vulnerabilityreports',
      });
      if (objects !== reports) {
        throw new Error(`The store has ${objects} of ${reports} reports`);
      }
      return { seconds, peakMb };
    },
    { heapMb },
  );
}
