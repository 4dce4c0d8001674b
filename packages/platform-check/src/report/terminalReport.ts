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
    title,
    ...checks.flatMap(check => [
      `  ${MARKS[check.status]}${check.title}`,
      ...check.messages.flatMap(({ path, text }) => [
        ...(path ? [`           ${path}`] : []),
        ...text
          .split('\n')
          .map(line => `           ${path ? '  ' : ''}${line}`),
      ]),
    ]),
    '',
  ]);
  return [...lines, summary(report, problemCount(report))].join('\n');
}
