import type { GitCommand } from './GitCommand';

/** All options are explicit, so that the defaults of a Git version cannot change what is compared. */
export const COMPARE = ['diff-tree', '-r', '--no-renames'];
const ABSENT = '000000';
const SUBMODULE = '160000';

/** A file on one side of a comparison. */
interface Side {
  mode: string;
  id: string;
}

/** A file that differs between two trees. */
export interface RawChange {
  path: string;
  /** Git's letter: A, D, M or T. */
  status: string;
  before: Side;
  after: Side;
}

/** Lists the files that differ between two commits or trees. */
export async function rawChanges(
  git: GitCommand,
  from: string,
  to: string,
): Promise<RawChange[]> {
  const output = await git.describeObjects(
    [...COMPARE, '--raw', '-z', from, to, '--'],
    [from, to],
  );
  // A sequence of `:<mode> <mode> <id> <id> <status>\0<path>\0`.
  const tokens = output.toString('utf8').split('\0');
  const changes: RawChange[] = [];
  for (let index = 0; index + 1 < tokens.length; index += 2) {
    const [oldMode, newMode, oldId, newId, status] = tokens[index]
      .slice(1)
      .split(' ');
    changes.push({
      path: tokens[index + 1],
      status,
      before: { mode: oldMode, id: oldId },
      after: { mode: newMode, id: newId },
    });
  }
  return changes;
}

/** False for the side that a file is not on, and for submodules. */
export function hasContent({ mode }: Side): boolean {
  return mode !== ABSENT && mode !== SUBMODULE;
}
