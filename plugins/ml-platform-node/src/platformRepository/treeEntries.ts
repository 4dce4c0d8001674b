import type { GitCommand } from './GitCommand';

const SYMBOLIC_LINK_MODE = '120000';
export const EXECUTABLE_MODE = '100755';
const SUBMODULE_MODE = '160000';
const DIRECTORY_MODE = '040000';

/** A file in a commit. */
export interface TreeEntry {
  id: string;
  path: string;
  executable: boolean;
  symbolicLink: boolean;
}

/** For more paths the whole tree is listed, because argument lists are limited. */
const MAX_PATH_ARGUMENTS = 200;

/** About 150,000 files. */
const MAX_LISTING_BYTES = 16 * 1024 * 1024;

/** Lists files at or below paths in a commit; all files for the path ''. Does not fetch contents. */
export async function treeEntries(
  git: GitCommand,
  commit: string,
  paths: string[],
): Promise<TreeEntry[]> {
  if (paths.length === 0) {
    return [];
  }
  const everything = paths.includes('') || paths.length > MAX_PATH_ARGUMENTS;
  const output = await git.describeObjects(
    [
      'ls-tree',
      '-r',
      '-z',
      '--full-tree',
      commit,
      '--',
      ...(everything ? [] : paths),
    ],
    [commit],
    { maxOutputBytes: MAX_LISTING_BYTES },
  );
  const entries = output
    .toString('utf8')
    .split('\0')
    .filter(line => line !== '')
    .map(parseEntry)
    .filter(entry => entry !== undefined);
  if (!everything || paths.includes('')) {
    return entries;
  }
  const wanted = new Set(paths);
  return entries.filter(({ path }) =>
    path
      .split('/')
      .some((_, index, segments) =>
        wanted.has(segments.slice(0, index + 1).join('/')),
      ),
  );
}

/** Lists the directories in a directory of a commit by name, each with the id of its tree. */
export async function subdirectories(
  git: GitCommand,
  commit: string,
  directory: string,
): Promise<Map<string, string>> {
  const output = await git.describeObjects(
    [
      'ls-tree',
      '-d',
      '-z',
      '--full-tree',
      commit,
      '--',
      ...(directory === '' ? [] : [`${directory}/`]),
    ],
    [commit],
  );
  return new Map(
    output
      .toString('utf8')
      .split('\0')
      .flatMap(line => {
        const [description, path] = split(line, '\t');
        const [mode, , id] = description.split(' ');
        return mode === DIRECTORY_MODE
          ? [[path.slice(path.lastIndexOf('/') + 1), id] as const]
          : [];
      }),
  );
}

function parseEntry(line: string): TreeEntry | undefined {
  const [description, path] = split(line, '\t');
  const [mode, , id] = description.split(' ');
  return mode === SUBMODULE_MODE
    ? undefined
    : {
        id,
        path,
        executable: mode === EXECUTABLE_MODE,
        symbolicLink: mode === SYMBOLIC_LINK_MODE,
      };
}

function split(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return [text.slice(0, index), text.slice(index + 1)];
}
