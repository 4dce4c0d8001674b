import type { CheckResult } from '@internal/plugin-ml-platform-common';
import { problemCount, type Report } from '../Report';
import { summary } from './summary';

const MARKS: Record<CheckResult['status'], string> = {
  passed: 'ok     ',
  failed: 'FAILED ',
  skipped: '-      ',
  'cluster-only': 'later  ',
};

/** Formats the report for a terminal, with failures at the end. */
export function terminalReport(report: Report): string {
  const failed = (check: CheckResult) => check.status === 'failed';
  const sections = [...report.sections].sort(
    (a, b) => Number(a.checks.some(failed)) - Number(b.checks.some(failed)),
  );
  const lines = sections.flatMap(({ title, checks }) => [
    `= ${plain(title)}`,
    ...checks.flatMap(check => [
      `  ${MARKS[check.status]}${check.title}`,
      ...check.messages.flatMap(({ path, text }) => [
        ...(path ? [quoted(path)] : []),
        ...text.split('\n').map(line => quoted(path ? `  ${line}` : line)),
      ]),
    ]),
    '',
  ]);
  return [...lines, plain(summary(report, problemCount(report)))].join('\n');
}

/** Quotes text from manifests, because pipelines read lines that start with `::` as commands. */
function quoted(line: string): string {
  return `         | ${plain(line)}`;
}

/** Removes control characters, which terminals interpret. */
function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
