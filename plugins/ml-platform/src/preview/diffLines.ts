export interface DiffLine {
  kind: 'added' | 'removed' | 'context' | 'hunk';
  text: string;
}

const KINDS: Record<string, DiffLine['kind']> = {
  '+': 'added',
  '-': 'removed',
  '@': 'hunk',
};

/** Parses the lines of a `git diff` below its header. A binary file only has its notice. */
export function diffLines(diff: string): DiffLine[] {
  const lines = diff.replace(/\n$/, '').split('\n');
  const first = lines.findIndex(line => line.startsWith('@@'));
  if (first === -1) {
    return lines
      .filter(line => line.startsWith('Binary files'))
      .map(text => ({ kind: 'context', text }));
  }
  return lines
    .slice(first)
    .map(text => ({ kind: KINDS[text[0]] ?? 'context', text }));
}
