import { nextStart, scheduleProblem } from './cronSchedule';

/**
 * Problem and remedy of a CronJob's schedule.
 *
 * @returns undefined for a schedule that is valid and comes.
 */
export function scheduleAdvice(schedule: string): string | undefined {
  const problem = scheduleProblem(schedule);
  if (problem !== undefined) {
    return `schedule "${schedule}" is not valid: ${problem}. Write five fields, for example "0 6 * * 1-5" for six o'clock on workdays, or @daily or @every 1h30m.`;
  }
  // Kubernetes accepts it, and never starts a job.
  return nextStart(schedule, undefined, Date.now()) === undefined
    ? `schedule "${schedule}" never comes: none of its months has that day. Choose another day or month.`
    : undefined;
}
