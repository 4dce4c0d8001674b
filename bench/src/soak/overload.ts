import { withSubject } from '../processes';

const REPORTS = 3_000;
const HEAP_MB = 1024;

/** Reports of a megabyte, three gigabytes of them, in a heap of one. @throws when the process does not survive it. */
export async function overload(): Promise<string> {
  const { seconds, peakMb } = await withSubject(
    {
      namespaces: 100,
      pods: 0,
      applications: 0,
      reports: REPORTS,
      reportBytes: 1_000_000,
    },
    'ours',
    async ({ url, ask }) => ask({ do: 'sync', url }),
    { heapMb: HEAP_MB },
  );
  return `${REPORTS} reports of a megabyte read in ${Math.round(
    seconds,
  )} s, at most ${Math.round(peakMb)} MB over idle`;
}
