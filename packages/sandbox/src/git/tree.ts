/** What a directory of a commit holds. */
export interface TreeEntry {
  mode: string;
  type: 'blob' | 'tree' | 'commit';
  sha: string;
  /** In bytes; absent for directories. */
  size?: number;
  /** Relative to the repository's root. */
  path: string;
}

/** Parses what `git ls-tree -z --long` writes; names get the prefix. */
export function parseTree(output: Buffer, prefix: string): TreeEntry[] {
  return output
    .toString()
    .split('\0')
    .filter(Boolean)
    .map(record => {
      const tab = record.indexOf('\t');
      const [mode, type, sha, size] = record.slice(0, tab).split(/ +/);
      return {
        mode,
        type: type as TreeEntry['type'],
        sha,
        size: size === '-' ? undefined : Number(size),
        path: prefix + record.slice(tab + 1),
      };
    });
}
