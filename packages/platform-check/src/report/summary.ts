import type { Report } from '../Report';

/** Summarizes the result in two sentences. */
export function summary(
  { affected, changedFiles, owners }: Report,
  problems: number,
): string {
  if (changedFiles.length === 0) {
    return 'Nothing changed.';
  }
  const checked = counted(
    affected,
    'workload or part of the platform',
    'workloads and parts of the platform',
  );
  const outcome =
    problems === 0
      ? 'No problems'
      : `${counted(problems, 'problem', 'problems')} to fix`;
  return `${outcome}: ${counted(
    changedFiles.length,
    'changed file',
    'changed files',
  )}, ${checked} checked. To be approved by ${owners.join(', ')}.`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
