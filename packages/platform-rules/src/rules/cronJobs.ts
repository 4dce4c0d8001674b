import { scheduleAdvice, scheduleProblem, timeZoneProblem } from '../cron';
import type { Violation } from '../Violation';
import { invalid, nonNegative, oneOf, required, unsupported } from './errors';
import type { Field } from './Field';
import { jobSpecViolations } from './jobs';

/** @see kubernetes `validateCronJobSpec` of `pkg/apis/batch/validation` */
export function cronJobViolations(spec: Field): Violation[] {
  const job = spec.at('jobTemplate', 'spec');
  return [
    ...scheduleViolations(spec.at('schedule')),
    ...nonNegative(spec.at('startingDeadlineSeconds')),
    ...timeZoneViolations(spec.at('timeZone')),
    ...oneOf(spec.at('concurrencyPolicy'), ['Allow', 'Forbid', 'Replace']),
    ...jobSpecViolations(job),
    ...(job.at('manualSelector').isTrue
      ? [unsupported(job.at('manualSelector'), ['nil', 'false'])]
      : []),
    ...nonNegative(spec.at('successfulJobsHistoryLimit')),
    ...nonNegative(spec.at('failedJobsHistoryLimit')),
  ];
}

function scheduleViolations(schedule: Field): Violation[] {
  const { text } = schedule;
  if (!text) {
    return [required(schedule)];
  }
  const problem = scheduleProblem(text);
  const advice = scheduleAdvice(text);
  return [
    ...(problem === undefined
      ? []
      : [invalid(schedule, problem, { code: 'cron-schedule', advice })]),
    ...(problem === undefined && advice !== undefined
      ? [{ code: 'cron-never', advice }]
      : []),
    ...(text.includes('TZ')
      ? [
          invalid(
            schedule,
            'cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
            {
              code: 'cron-time-zone',
              advice: 'schedule contains a time zone. Write it to timeZone.',
            },
          ),
        ]
      : []),
  ];
}

function timeZoneViolations(timeZone: Field): Violation[] {
  const { text } = timeZone;
  if (text === undefined) {
    return [];
  }
  const problem =
    (text === '' && 'timeZone must be nil or non-empty string') ||
    (text.toLowerCase() === 'local' &&
      'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones') ||
    timeZoneProblem(text);
  return problem
    ? [
        invalid(timeZone, problem, {
          code: 'cron-time-zone',
          advice: `timeZone "${text}" does not exist. Use a name like Europe/Berlin or Etc/UTC.`,
        }),
      ]
    : [];
}
