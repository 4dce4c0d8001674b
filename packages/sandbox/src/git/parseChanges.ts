/** A changed file between two commits. */
export interface FileChange {
  path: string;
  /** Former path of a renamed file. */
  previousPath?: string;
  status: 'added' | 'deleted' | 'renamed' | 'changed';
  additions: number;
  deletions: number;
}

const STATUS_BY_LETTER: Record<string, FileChange['status']> = {
  A: 'added',
  D: 'deleted',
  R: 'renamed',
};

/** Parses the output of `git diff --raw --numstat -z`: a raw record per file, then a record of line counts per file. */
export function parseChanges(output: string): FileChange[] {
  const fields = output.split('\0');
  const changes = new Map<string, FileChange>();
  while (fields.length > 0) {
    const field = fields.shift()!;
    if (field.startsWith(':')) {
      const letter = field.split(' ')[4][0];
      const previousPath = letter === 'R' ? fields.shift() : undefined;
      const path = fields.shift()!;
      const status = STATUS_BY_LETTER[letter] ?? 'changed';
      changes.set(path, {
        path,
        previousPath,
        status,
        additions: 0,
        deletions: 0,
      });
    } else if (field) {
      const [additions, deletions, name] = field.split('\t');
      // The paths of a renamed file follow as separate fields.
      const path = name || (fields.shift(), fields.shift()!);
      const change = changes.get(path)!;
      // Binary files have dashes instead of numbers.
      change.additions = Number(additions) || 0;
      change.deletions = Number(deletions) || 0;
    }
  }
  return [...changes.values()];
}
