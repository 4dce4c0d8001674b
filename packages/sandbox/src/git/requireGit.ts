import { runGit } from './runGit';

/** The first version with `git merge-tree --write-tree`. */
const MINIMUM_VERSION = [2, 38] as const;

/**
 * Checks that Git is installed in a supported version.
 *
 * @throws Error with the required version.
 */
export async function requireGit(directory: string): Promise<void> {
  const version = await runGit(['version'], { directory }).then(
    output => /\d+\.\d+[\w.]*/.exec(output.toString())?.[0],
    () => undefined,
  );
  const [major, minor] = (version ?? '0.0').split('.').map(Number);
  if (
    major < MINIMUM_VERSION[0] ||
    (major === MINIMUM_VERSION[0] && minor < MINIMUM_VERSION[1])
  ) {
    const found = version ? `has Git ${version}` : 'has no Git';
    throw new Error(
      `The sandbox needs Git ${MINIMUM_VERSION.join(
        '.',
      )} or newer, but this machine ${found}. Install it and start again.`,
    );
  }
}
