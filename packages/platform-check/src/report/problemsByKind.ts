import type { Report } from '../Report';

/** From this number on, a reader needs to know what there is before reading one by one. */
const MANY_PROBLEMS = 10;
const MAX_ROWS = 15;

export const BY_KIND_TITLE = 'Problems by kind';

/**
 * Counts problems by the kind of object and the check, most frequent first: a repository that was written without these checks
 * has many of few sorts.
 *
 * @returns lines such as `12 × HelmRelease: Objects are valid and of allowed kinds`; empty for few problems
 */
export function problemsByKind({ sections }: Report): string[] {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { status, title, messages } of sections.flatMap(
    ({ checks }) => checks,
  )) {
    for (const { kind } of status === 'failed' ? messages : []) {
      const key = kind === undefined ? title : `${kind}: ${title}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      total += 1;
    }
  }
  if (total < MANY_PROBLEMS) {
    return [];
  }
  const rows = [...counts]
    .sort(([, first], [, second]) => second - first)
    .map(([key, count]) => `${count} × ${key}`);
  return rows.length > MAX_ROWS
    ? [...rows.slice(0, MAX_ROWS), `and ${rows.length - MAX_ROWS} other sorts`]
    : rows;
}
