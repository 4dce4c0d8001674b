import { createHash } from 'node:crypto';
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

/**
 * Writes the description of a pull request, without its trailer. It depends only on the change request, so preview and task
 * agree.
 *
 * @param options.text - the user's description; fenced, so that the forge interprets no mention, command or markup in it.
 */
export function pullRequestBody(options: {
  changeRequest: ChangeRequest;
  requesterName: string;
  text: string | undefined;
}): string {
  const { changeRequest, requesterName, text } = options;
  const { team, workload, environment, run, template, requester } =
    changeRequest;
  const name = requesterName.replace(/[^\p{L}\p{M}\p{N} .'-]/gu, '');
  return [
    `${run ? `\`${run}\`, a run of ` : ''}${
      workload ? `\`${workload}\` of ` : 'The team '
    }\`${team}\`${
      environment ? ` in \`${environment}\`` : ''
    }, requested by ${name} (\`${requester}\`) with \`${template}\`.`,
    ...(text ? [fenced(text)] : []),
    'Opened by the ML platform portal after its checks passed. The platform team reviews and merges it.',
  ].join('\n\n');
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
