import { createHash } from 'node:crypto';
import {
  afterMergeTexts,
  APPROVAL_RULE,
  approvalText,
  checksText,
  escapeMarkdown,
  needsTexts,
  rollBackTexts,
  SAMPLE_PRICES,
  type ReviewedReport,
} from '@internal/plugin-ml-platform-common';
import type { ChangeRequestTrailer } from '@internal/plugin-ml-platform-node';

/** The part of a trailer that is known before anything is pushed. */
export type ChangeRequest = Omit<
  ChangeRequestTrailer,
  'id' | 'repository' | 'branch' | 'commit'
>;

/** Equal for the same change request. */
export function changeRequestId(changeRequest: ChangeRequest): string {
  return createHash('sha256')
    .update(JSON.stringify(changeRequest))
    .digest('hex')
    .slice(0, 16);
}

/** Longer lists are cut: forges refuse very long descriptions. */
const MAX_LINES = 40;

/**
 * Writes the description of a pull request, without its trailer. It depends only on the change request and on what its change
 * does, so preview and task agree.
 *
 * @param options.text - the user's description; fenced, so that the forge interprets no mention, command or markup in it.
 */
export function pullRequestBody(options: {
  changeRequest: ChangeRequest;
  requesterName: string;
  text: string | undefined;
  report: ReviewedReport;
}): string {
  const { changeRequest, requesterName, text, report } = options;
  const { team, workload, environment, run, template, requester } =
    changeRequest;
  const { approvals, changes, cost, needs } = report.summary;
  const name = requesterName.replace(/[^\p{L}\p{M}\p{N} .'-]/gu, '');
  const sections: Array<[title: string, lines: string[]]> = [
    ['What changes', changes],
    [
      'Destructive effects',
      report.destructive.map(
        ({ text: effect, environments }) =>
          `${effect}${
            environments.length > 0 ? ` (${environments.join(', ')})` : ''
          }`,
      ),
    ],
    ['Quota and queue', needsTexts(needs)],
    ['Cost', cost ? withNote(cost.texts, cost.sample && SAMPLE_PRICES) : []],
    ['Checks', [checksText(report)]],
    ['Who approves', withNote(approvals.map(approvalText), APPROVAL_RULE)],
    ['After the merge', afterMergeTexts(report)],
    ['To roll back', rollBackTexts(report)],
  ];
  return [
    `${run ? `\`${run}\`, a run of ` : ''}${
      workload ? `\`${workload}\` of ` : 'The team '
    }\`${team}\`${
      environment ? ` in \`${environment}\`` : ''
    }, requested by ${name} (\`${requester}\`) with \`${template}\`.`,
    ...(text ? [fenced(text)] : []),
    ...sections
      .filter(([, lines]) => lines.length > 0)
      .map(([title, lines]) => `### ${title}\n\n${list(lines)}`),
    'Opened by the ML platform portal after its checks passed.',
  ].join('\n\n');
}

function withNote(lines: string[], note: string | false): string[] {
  return lines.length > 0 && note ? [...lines, note] : lines;
}

function list(lines: string[]): string {
  const rest = lines.length - MAX_LINES;
  return [
    ...lines.slice(0, MAX_LINES).map(escapeMarkdown),
    ...(rest > 0 ? [`And ${rest} more.`] : []),
  ]
    .map(line => `- ${line}`)
    .join('\n');
}

/** Writes the commit message. */
export function commitMessage(options: {
  title: string;
  changeRequest: ChangeRequest;
}): string {
  const { title, changeRequest } = options;
  return `${title}\n\nTemplate: ${changeRequest.template}\nRequested-by: ${changeRequest.requester}\n`;
}

/** Fences text with more backticks than the text has in a row. */
function fenced(text: string): string {
  const longest = Math.max(
    2,
    ...[...text.matchAll(/`+/g)].map(([run]) => run.length),
  );
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text.trim()}\n${fence}`;
}
