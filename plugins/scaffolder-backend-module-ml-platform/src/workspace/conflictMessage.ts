import {
  describeTarget,
  type MergeConflict,
} from '@internal/plugin-ml-platform-node';
import { isWorkloadCheckout, type AnyCheckoutRecord } from './stepRecords';

/** Characters of each side that a message quotes. */
const MAX_QUOTE = 200;

/** Explains conflicts, with file, line and both sides of each. */
export function conflictMessage(
  checkout: AnyCheckoutRecord,
  conflicts: MergeConflict[],
): string {
  const { exists, mode } = checkout;
  const files = [...new Set(conflicts.map(({ path }) => path))];
  if (mode === 'create') {
    const advice =
      exists && isWorkloadCheckout(checkout)
        ? `Team ${checkout.team} already has a workload named ${checkout.workload}. Choose another name.`
        : 'This change would overwrite files in the platform repository. Choose another name, or ask the platform team to remove them.';
    return `${advice} Files with other content: ${files.join(', ')}`;
  }
  return [
    `Somebody changed the same lines of ${describeTarget(
      checkout,
    )} by hand. Nothing was changed. Request the values that the repository has now, or change these lines back in a pull request, then try again.`,
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
