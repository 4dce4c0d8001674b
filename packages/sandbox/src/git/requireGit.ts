import { runGit } from './runGit';

/** The first with `git merge-tree --write-tree`. */
const OLDEST = [2, 38] as const;

/**
 * Makes sure that Git is there and new enough.
 *
 * @throws Error saying which Git is needed.
 */
export async function requireGit(directory: string): Promise<void> {
  const version = await runGit(['version'], { directory }).then(
    output => /\d+\.\d+[\w.]*/.exec(output.toString())?.[0],
    () => undefined,
  );
  const [major, minor] = (version ?? '0.0').split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    const found = version ? `has Git ${version}` : 'has no Git';
    throw new Error(
      `The sandbox needs Git ${OLDEST.join(
        '.',
      )} or newer, and this machine ${found}. Install it and start again.`,
    );
  }
}
