import type { RowResult } from './follow';

/** The result of a run as Markdown. */
export function report(results: RowResult[]): string {
  const ok = results.filter(({ seconds }) => seconds !== undefined);
  const failed = results.filter(({ seconds }) => seconds === undefined);
  const lines = ok.map(
    ({ row, seconds }) =>
      `| ${row.name} | ${row.code ?? ''} | ${row.by} | ${seconds} |`,
  );
  return [
    `${ok.length} of ${results.length} rows are as in the table.`,
    '',
    '| Row | Code | Caused by | After (s) |',
    '| --- | --- | --- | ---: |',
    ...lines,
    ...failed.flatMap(({ row, health, problem }) => [
      '',
      `## ${row.name}`,
      '',
      `Expected: ${row.state}, ${JSON.stringify(row.says)}`,
      '',
      `Said: ${JSON.stringify(health)}`,
      ...(problem ? ['', `Problem: ${problem}`] : []),
    ]),
    '',
  ].join('\n');
}
