import type { CheckResult } from '@internal/plugin-ml-platform-common';
import { problemCount, type Report } from '../Report';
import { summary } from './summary';

const MARKS: Record<CheckResult['status'], string> = {
  passed: 'ok     ',
  failed: 'FAILED ',
  skipped: '-      ',
  'cluster-only': 'later  ',
};

/** The report for a person at a terminal: what failed comes last, where one looks. */
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

/** What people wrote never begins a line: a pipeline takes `::` there for a command. */
function quoted(line: string): string {
  return `         | ${plain(line)}`;
}

/** No control characters: a terminal acts on them. */
function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
