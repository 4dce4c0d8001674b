import { createHash } from 'node:crypto';
import {
  formatTrailer,
  type ChangeRequestTrailer,
} from '@internal/plugin-ml-platform-node';

/**
 * Writes the description of a pull request. The same request has the same description, in the preview and in the task.
 *
 * @param options.text - the person's own words; they go into a fence, where a forge finds no mention, no command, no markup.
 */
export function pullRequestBody(options: {
  request: Omit<ChangeRequestTrailer, 'id'>;
  requesterName: string;
  text: string | undefined;
  trailerSecret: string | undefined;
}): string {
  const { request, requesterName, text, trailerSecret } = options;
  const { team, workload, template, requester } = request;
  const id = createHash('sha256')
    .update(JSON.stringify(request))
    .digest('hex')
    .slice(0, 16);
  const name = requesterName.replace(/[^\p{L}\p{M}\p{N} .'-]/gu, '');
  return [
    `\`${workload}\` of \`${team}\`, requested by ${name} (\`${requester}\`) with \`${template}\`.`,
    ...(text ? [fenced(text)] : []),
    'Made by the ML platform portal after its checks passed. A person of the platform team reviews and merges it.',
    formatTrailer({ id, ...request }, trailerSecret),
  ].join('\n\n');
}

/** The message of the commit; the person is its author. */
export function commitMessage(options: {
  title: string;
  request: Omit<ChangeRequestTrailer, 'id'>;
}): string {
  const { title, request } = options;
  return `${title}\n\nTemplate: ${request.template}\nRequested-by: ${request.requester}\n`;
}

/** A fence is longer than any run of backticks in it. */
function fenced(text: string): string {
  const longest = Math.max(
    2,
    ...[...text.matchAll(/`+/g)].map(([run]) => run.length),
  );
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text.trim()}\n${fence}`;
}
