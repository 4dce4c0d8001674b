/** Largest number of runs that one request may add. */
export const MAX_SWEEP_RUNS = 50;

/** Leaves room for the number of a run in a sweep, and for the suffix of its pods. */
const MAX_RUN_LENGTH = 50;
const RUN_NAME = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;
/** Digits of a number in the row of runs. Longer ones are dates, as in `churn-training-20261120-1`. */
const MAX_DIGITS = 6;

/** True for a name that can be that of a run: it is part of branch names, too. */
export function isRunName(run: string): boolean {
  return RUN_NAME.test(run) && !run.includes('--');
}

/**
 * Validates the name of a training run, which its Job has, too.
 *
 * @returns a problem for the person who typed it, or undefined.
 */
export function runNameProblem(
  run: string,
  workload: string,
): string | undefined {
  if (run.length > MAX_RUN_LENGTH) {
    return `This name of a run has ${run.length} characters; the limit is ${MAX_RUN_LENGTH}. Shorten it.`;
  }
  if (!isRunName(run)) {
    return `The name of a run has lower-case letters, digits and single "-". For example "${workload}-7".`;
  }
  if (!run.startsWith(`${workload}-`)) {
    return `The name of a run starts with that of its workload. For example "${workload}-7".`;
  }
  return undefined;
}

/** Name of one run of a sweep. @param index - from 0 */
export function sweepRunName(sweep: string, index: number): string {
  return `${sweep}-${index + 1}`;
}

/** True for the run itself, and for the runs of a sweep of this name. */
export function isOfRun(name: string, run: string): boolean {
  return (
    name === run ||
    (name.startsWith(`${run}-`) && /^\d+$/.test(name.slice(run.length + 1)))
  );
}

/** The next name in the row `<workload>-1`, `<workload>-2`, …: numbers are not used again while their record is kept. */
export function nextRunName(workload: string, existing: string[]): string {
  const numbers = existing.flatMap(name => {
    const [number] = name.startsWith(`${workload}-`)
      ? name.slice(workload.length + 1).split('-')
      : [];
    return number && /^\d+$/.test(number) && number.length <= MAX_DIGITS
      ? [Number(number)]
      : [];
  });
  return `${workload}-${Math.max(0, ...numbers) + 1}`;
}
