import { createHash } from 'node:crypto';
import {
  formatTrailer,
  type ChangeRequestTrailer,
} from '@internal/plugin-ml-platform-node';

/**
 * Writes the description of a pull request. It depends only on the change request, so preview and task agree.
 *
 * @param options.text - the user's description; fenced, so that the forge interprets no mention, command or markup in it.
 */
export function pullRequestBody(options: {
  changeRequest: Omit<ChangeRequestTrailer, 'id'>;
  requesterName: string;
  text: string | undefined;
  trailerSecret: string | undefined;
}): string {
  const { changeRequest, requesterName, text, trailerSecret } = options;
  const { team, workload, template, requester } = changeRequest;
  const id = createHash('sha256')
    .update(JSON.stringify(changeRequest))
    .digest('hex')
    .slice(0, 16);
  const name = requesterName.replace(/[^\p{L}\p{M}\p{N} .'-]/gu, '');
  return [
    `\`${workload}\` of \`${team}\`, requested by ${name} (\`${requester}\`) with \`${template}\`.`,
    ...(text ? [fenced(text)] : []),
    'Opened by the ML platform portal after its checks passed. The platform team reviews and merges it.',
    formatTrailer({ id, ...changeRequest }, trailerSecret),
  ].join('\n\n');
}

/** Writes the commit message. */
export function commitMessage(options: {
  title: string;
  changeRequest: Omit<ChangeRequestTrailer, 'id'>;
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
