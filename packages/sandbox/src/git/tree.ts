/** An entry of a Git tree. */
export interface TreeEntry {
  mode: string;
  type: 'blob' | 'tree' | 'commit';
  sha: string;
  /** Size in bytes; undefined for directories. */
  size?: number;
  /** Path relative to the root of the repository. */
  path: string;
}

/** Parses the output of `git ls-tree -z --long`, and prefixes the paths. */
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
