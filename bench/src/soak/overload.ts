import { withSubject } from '../processes';

/**
 * Reports of a megabyte, more of them than the heap holds.
 *
 * @throws when the process does not survive it, or does not have all of them.
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
  return withSubject(
    size,
    'ours',
    async ({ url, ask }) => {
      const { seconds, peakMb } = await ask({ do: 'sync', url });
      const { objects } = await ask({
        do: 'held',
        type: 'vulnerabilityreports',
      });
      if (objects !== reports) {
        throw new Error(`${objects} of ${reports} reports are there`);
      }
      return { seconds, peakMb };
    },
    { heapMb },
  );
}
