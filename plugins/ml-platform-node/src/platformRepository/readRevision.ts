import type { GitCommand } from './GitCommand';
import type { Revision } from './PlatformRepository';

/** Characters; a message may have as many as a push takes. */
const MAX_MESSAGE = 100_000;

/** Reads author, date and message of a commit. */
export async function readRevision(
  git: GitCommand,
  commit: string,
): Promise<Revision> {
  const output = await git.describeObjects(
    [
      'log',
      '-1',
      '--no-show-signature',
      '--format=%an <%ae>%x00%aI%x00%B',
      commit,
      '--',
    ],
    [commit],
  );
  const [author, date, message] = output.toString('utf8').split('\0');
  return { author, date, message: message.slice(0, MAX_MESSAGE).trim() };
}
