import type { CheckResult } from '@internal/plugin-ml-platform-common';
import { problemCount, type Report } from '../Report';
import { summary } from './summary';

/** Marker by which the workflow finds its own comment. */
export const COMMENT_MARK = '<!-- platform-check -->';
/** Forges reject longer comments. */
const MAX_LENGTH = 60_000;

const WORDS: Record<CheckResult['status'], string> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  'cluster-only': 'in the cluster only',
};

/** Formats the report as a comment on a pull request, with problems first and everything else folded. */
export function markdownReport(report: Report): string {
  const problems = problemCount(report);
  const failed = report.sections.flatMap(({ title, checks }) =>
    checks
      .filter(({ status }) => status === 'failed')
      .flatMap(check => [
        `#### ${escape(title)}: ${escape(check.title)}`,
        '',
        ...messages(check),
        '',
      ]),
  );
  const others = report.sections.flatMap(({ title, checks }) =>
    checks
      .filter(({ status }) => status !== 'failed')
      .flatMap(check => [
        `- ${escape(title)}: ${escape(check.title)} (${WORDS[check.status]})`,
        ...messages(check).map(line => `  ${line}`),
      ]),
  );
  const text = [
    COMMENT_MARK,
    `### ${problems === 0 ? 'Platform check passed' : 'Platform check failed'}`,
    '',
    escape(summary(report, problems)),
    '',
    ...failed,
    '<details><summary>Everything that was checked</summary>',
    '',
    ...others,
    '',
    '</details>',
    '',
  ].join('\n');
  return text.length > MAX_LENGTH
    ? `${text.slice(0, MAX_LENGTH)}\n\nThe rest is in the log of the check.\n`
    : text;
}

function messages(check: CheckResult): string[] {
  return check.messages.map(
    ({ path, text }) => `- ${path ? `\`${code(path)}\`: ` : ''}${escape(text)}`,
  );
}

function code(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').replaceAll('`', "'");
}

/** Escapes text from manifests, so that it has no markup, mentions or line breaks. */
function escape(text: string): string {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[\\`*_{}[\]<>()#|!]/g, '\\$&')
    .replaceAll('@', '@\u200b');
}
