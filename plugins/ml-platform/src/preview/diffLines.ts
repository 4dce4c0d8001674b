export interface DiffLine {
  kind: 'added' | 'removed' | 'context' | 'hunk';
  text: string;
}

const KINDS: Record<string, DiffLine['kind']> = {
  '+': 'added',
  '-': 'removed',
  '@': 'hunk',
};

/** The lines of a unified diff below its header, as `git diff` prints them. A binary file has its notice only. */
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
