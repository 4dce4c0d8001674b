import type { MergeConflict } from '@internal/plugin-ml-platform-node';
import type { CheckoutRecord } from './stepRecords';

/** Characters of each side that a message quotes. */
const MAX_QUOTE = 200;

/** Explains conflicts, with file, line and both sides of each. */
export function conflictMessage(
  { exists, mode, team, workload }: CheckoutRecord,
  conflicts: MergeConflict[],
): string {
  const files = [...new Set(conflicts.map(({ path }) => path))];
  if (mode === 'create') {
    const advice = exists
      ? `Team ${team} already has a workload named ${workload}. Choose another name.`
      : 'This change would overwrite files in the platform repository. Choose another name, or ask the platform team to remove them.';
    return `${advice} Files with other content: ${files.join(', ')}`;
  }
  return [
    `Somebody changed the same lines of ${workload} of ${team} by hand. Nothing was changed. Request the values that the repository has now, or change these lines back in a pull request, then try again.`,
    ...conflicts.map(describe),
  ].join('\n');
}

function describe({ path, line, current, requested }: MergeConflict): string {
  return line === undefined
    ? `- ${path}: deleted or replaced on one side, and changed on the other`
    : `- ${path}, line ${line}: ${quote(current)} now, ${quote(
        requested,
      )} requested`;
}

function quote(lines = ''): string {
  const text = lines.trim();
  if (text === '') {
    return 'nothing';
  }
  return JSON.stringify(
    text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text,
  );
}
