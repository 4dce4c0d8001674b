import {
  escapeMarkdown,
  type CheckResult,
} from '@internal/plugin-ml-platform-common';
import { problemCount, type Report } from '../Report';
import { DESTRUCTIVE_TITLE, destructiveText } from './destructiveText';
import { BY_KIND_TITLE, problemsByKind } from './problemsByKind';
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
        `#### ${escapeMarkdown(title)}: ${escapeMarkdown(check.title)}`,
        '',
        ...messages(check),
        '',
      ]),
  );
  const byKind = problemsByKind(report);
  const sorts =
    byKind.length > 0
      ? [
          `#### ${BY_KIND_TITLE}`,
          '',
          ...byKind.map(line => `- ${escapeMarkdown(line)}`),
          '',
        ]
      : [];
  const destructive =
    report.destructive.length > 0
      ? [
          `#### ${DESTRUCTIVE_TITLE}`,
          '',
          ...report.destructive.map(
            change =>
              `- \`${code(change.path)}\`: ${escapeMarkdown(
                destructiveText(change),
              )}`,
          ),
          '',
        ]
      : [];
  const others = report.sections.flatMap(({ title, checks }) =>
    checks
      .filter(({ status }) => status !== 'failed')
      .flatMap(check => [
        `- ${escapeMarkdown(title)}: ${escapeMarkdown(check.title)} (${
          WORDS[check.status]
        })`,
        ...messages(check).map(line => `  ${line}`),
      ]),
  );
  const text = [
    COMMENT_MARK,
    `### ${problems === 0 ? 'Platform check passed' : 'Platform check failed'}`,
    '',
    escapeMarkdown(summary(report, problems)),
    '',
    ...sorts,
    ...destructive,
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
    ({ path, text }) =>
      `- ${path ? `\`${code(path)}\`: ` : ''}${escapeMarkdown(text)}`,
  );
}

function code(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').replaceAll('`', "'");
}
