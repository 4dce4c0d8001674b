import { nextStart, scheduleAdvice } from '@internal/platform-rules/cron';

/** Describes what is wrong with a CronJob's schedule, and what to write instead. Schedules of the platform are in UTC. */
export function scheduleProblem(schedule: string): string | undefined {
  const advice = /TZ=/.test(schedule)
    ? 'the schedule is in UTC. Leave out the time zone.'
    : scheduleAdvice(schedule);
  return advice && `${advice[0].toUpperCase()}${advice.slice(1)}`;
}

/** Next starts of a schedule in UTC, as milliseconds. */
export function nextStarts(
  schedule: string,
  after: number,
  count: number,
): number[] {
  const starts: number[] = [];
  let last: number | undefined = after;
  while (starts.length < count && last !== undefined) {
    last = nextStart(schedule, undefined, last);
    if (last !== undefined) {
      starts.push(last);
    }
  }
  return starts;
}
