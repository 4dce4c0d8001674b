import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';

/** Errors for people by Git's message in the C locale. The first match counts. */
const failures: Array<{ words: RegExp; error: () => Error }> = [
  { words: /No space left on device/, error: diskFull },
  {
    words: /couldn't find remote ref/,
    error: () =>
      new NotFoundError(
        'The platform repository does not have the branch in `mlPlatform.repository.branch`. Ask the platform team to check it.',
      ),
  },
  {
    words:
      /could not read (Username|Password)|Authentication failed|error: 40[13]/,
    error: () =>
      new ServiceUnavailableError(
        'The platform repository refuses the account of the portal. Nothing was changed; ask the platform team to check `integrations`.',
      ),
  },
  {
    words: /repository '.*' not found|error: 404/,
    error: () =>
      new ServiceUnavailableError(
        'The platform repository was not found. Nothing was changed; ask the platform team to check `mlPlatform.repository.url` and what the account of the portal may see.',
      ),
  },
  {
    words:
      /unable to access|promisor remote|early EOF|remote end hung up|RPC failed|Could not (connect|resolve)/,
    error: unreachable,
  },
  {
    words:
      /not our ref|[Nn]ot a valid (object|tree|commit)|bad object|unknown revision|does not exist in|invalid object name/,
    error: unknownCommit,
  },
];

/** Creates the error for a missing commit. */
export function unknownCommit(): Error {
  return new NotFoundError(
    'This commit is no longer in the platform repository. Start again from its current state.',
  );
}

/** Creates the error for an unreachable forge. */
export function unreachable(): Error {
  return new ServiceUnavailableError(
    'The platform repository cannot be reached. Nothing was changed; try again in a minute.',
  );
}

/** Creates the error for a full disk of the portal. */
export function diskFull(): Error {
  return new ServiceUnavailableError(
    'The disk of the portal is full. Nothing was changed; tell the platform team, and try again when they have made room.',
  );
}

/** Converts Git's output to an error for people, without hosts, paths or credentials. */
export function gitFailure(command: string, stderr: string): Error {
  return (
    failures.find(({ words }) => words.test(stderr))?.error() ??
    new Error(
      `"git ${command}" failed in the portal's clone of the platform repository. The log of the portal has the details.`,
    )
  );
}
