/** What happened to one file between two commits. */
export interface Change {
  path: string;
  /** Where a renamed file came from. */
  previousPath?: string;
  status: 'added' | 'deleted' | 'renamed' | 'changed';
  additions: number;
  deletions: number;
}

const STATUS: Record<string, Change['status']> = {
  A: 'added',
  D: 'deleted',
  R: 'renamed',
};

/** Parses what `git diff --raw --numstat -z` writes: first one raw record per file, then one of numbers. */
export function parseChanges(output: string): Change[] {
  const fields = output.split('\0');
  const changes = new Map<string, Change>();
  while (fields.length > 0) {
    const field = fields.shift()!;
    if (field.startsWith(':')) {
      const letter = field.split(' ')[4][0];
      const previousPath = letter === 'R' ? fields.shift() : undefined;
      const path = fields.shift()!;
      const status = STATUS[letter] ?? 'changed';
      changes.set(path, {
        path,
        previousPath,
        status,
        additions: 0,
        deletions: 0,
      });
    } else if (field) {
      const [additions, deletions, name] = field.split('\t');
      // A renamed file's names follow in fields of their own.
      const path = name || (fields.shift(), fields.shift()!);
      const change = changes.get(path)!;
      // Binary files have a dash instead of numbers.
      change.additions = Number(additions) || 0;
      change.deletions = Number(deletions) || 0;
    }
  }
  return [...changes.values()];
}
