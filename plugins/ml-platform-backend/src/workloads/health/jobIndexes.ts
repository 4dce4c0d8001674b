import type { JobSummary } from '@internal/plugin-ml-platform-common';
import type { Job, Pod } from '@internal/plugin-ml-platform-node';
import { formatList } from './formatting';

const INDEX = 'batch.kubernetes.io/job-completion-index';
const MAX_LISTED = 10;

/**
 * Parses a list of indexes in a Job's status, for example `1,3-5`.
 *
 * @see kubernetes/kubernetes v1.36 pkg/controller/job/indexed_job_utils.go (`parseIndexesFromString`)
 */
function parseRanges(text: string | undefined): Array<[number, number]> {
  return (text ?? '').split(',').flatMap(part => {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    return match
      ? [[Number(match[1]), Number(match[2] ?? match[1])] as [number, number]]
      : [];
  });
}

function countIndexes(ranges: Array<[number, number]>): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** Numbers of indexes of an Indexed Job; undefined for other Jobs. */
export function jobIndexes({ spec, status }: Job): JobSummary['indexes'] {
  return spec.completionMode === 'Indexed'
    ? {
        total: spec.completions ?? 0,
        succeeded: countIndexes(parseRanges(status.completedIndexes)),
        failed: countIndexes(parseRanges(status.failedIndexes)),
      }
    : undefined;
}

/** Number of indexes that failed for good. */
export function countFailedIndexes({ status }: Job): number {
  return countIndexes(parseRanges(status.failedIndexes));
}

/** Returns true for an index that failed for good. */
export function isFailedIndex({ status }: Job, index: string): boolean {
  return parseRanges(status.failedIndexes).some(
    ([first, last]) => Number(index) >= first && Number(index) <= last,
  );
}

/** Names the indexes that failed for good: "Index 3", "Indexes 1 and 3-5"; undefined when none did. */
export function failedIndexesText({ status }: Job): string | undefined {
  const ranges = parseRanges(status.failedIndexes).map(([first, last]) =>
    first === last ? `${first}` : `${first}-${last}`,
  );
  if (ranges.length === 0) {
    return undefined;
  }
  const more = ranges.length - MAX_LISTED;
  const listed =
    more > 0 ? [...ranges.slice(0, MAX_LISTED), `${more} more`] : ranges;
  return `${
    ranges.length === 1 && !ranges[0].includes('-') ? 'Index' : 'Indexes'
  } ${formatList(listed)}`;
}

/** Index of a pod of an Indexed Job. */
export function indexOfPod({ metadata }: Pod): string | undefined {
  return metadata.annotations?.[INDEX] ?? metadata.labels?.[INDEX];
}

/**
 * Keeps the newest attempt of each index. Pods without an index are all kept.
 *
 * @param pods - newest first.
 */
export function newestAttempts(pods: Pod[]): Pod[] {
  const seen = new Set<string>();
  return pods.filter(pod => {
    const index = indexOfPod(pod);
    if (index === undefined) {
      return true;
    }
    const isNewest = !seen.has(index);
    seen.add(index);
    return isNewest;
  });
}
