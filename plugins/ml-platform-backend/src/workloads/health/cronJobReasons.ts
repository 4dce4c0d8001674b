import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  eventTime,
  nextStart,
  redactAddresses,
  type CronJob,
  type Event,
  type Job,
} from '@internal/plugin-ml-platform-node';
import { eventSince } from './eventSince';
import { creationReason } from './creationReason';
import { asSentence } from './formatting';
import type { NamespaceContext } from './NamespaceContext';

const TIME_ZONE_PREFIX = /^\s*(?:CRON_)?TZ=(\S+)\s+/;

/**
 * Time zone of a CronJob's schedule: the field, or the prefix of the schedule, which wins over the field. Without either
 * it is that of the kube-controller-manager.
 */
export function timeZoneOf({ spec }: CronJob): string | undefined {
  return TIME_ZONE_PREFIX.exec(spec.schedule)?.[1] ?? spec.timeZone;
}

/**
 * Reasons why a CronJob does not start Jobs, and what is not known of its last one.
 *
 * @param newest - its newest Job that exists.
 *
 * @see kubernetes/kubernetes v1.36 pkg/controller/cronjob/{cronjob_controllerv2,utils}.go
 */
export function cronJobReasons(
  cronJob: CronJob,
  newest: Job | undefined,
  context: NamespaceContext,
): HealthReason[] {
  const { spec, metadata } = cronJob;
  const scheduled =
    scheduleReason(cronJob, newest, context) ??
    overlappingRunReason(cronJob, context);
  const reasons = scheduled ? [scheduled] : [];
  if (spec.suspend) {
    reasons.push({
      code: 'suspended',
      text: 'Suspended: it starts no Jobs until it is resumed.',
    });
  }
  const unknown = unknownResultReason(cronJob, newest);
  if (unknown && metadata.deletionTimestamp === undefined) {
    reasons.push(unknown);
  }
  return reasons;
}

/** The controller writes some warnings in the second in which it starts the missed Job, which resolves them. */
const RESOLVED_BY_START_AT_ONCE = ['TooManyMissedTimes', 'FailedNeedsStart'];

function isAfter(event: Event, start: string): boolean {
  const time = eventTime(event);
  return RESOLVED_BY_START_AT_ONCE.includes(event.reason ?? '')
    ? time > start
    : time >= start;
}

/** Reason from the newest warning that no later start has resolved. */
function scheduleReason(
  cronJob: CronJob,
  newest: Job | undefined,
  context: NamespaceContext,
): HealthReason | undefined {
  const lastStart = [
    cronJob.status.lastScheduleTime ?? '',
    newest?.metadata.creationTimestamp ?? '',
  ].sort()[1];
  for (const event of context.eventsOf(cronJob)) {
    const reason =
      isAfter(event, lastStart) && isAboutSpec(event, cronJob)
        ? reasonOfEvent(event, cronJob, context)
        : undefined;
    if (reason) {
      return { ...reason, since: eventSince(event) };
    }
  }
  const zone = timeZoneOf(cronJob);
  return zone !== undefined &&
    cronJob.status.lastScheduleTime === undefined &&
    !isKnownTimeZone(zone)
    ? unknownTimeZoneReason(zone, cronJob)
    : undefined;
}

/** A warning that quotes another schedule or time zone belongs to an earlier version. */
function isAboutSpec({ reason, message = '' }: Event, { spec }: CronJob) {
  switch (reason) {
    case 'UnknownTimeZone':
      return spec.timeZone !== undefined && message.includes(spec.timeZone);
    case 'UnparseableSchedule':
    case 'InvalidSchedule':
      return message.includes(spec.schedule);
    default:
      return true;
  }
}

function reasonOfEvent(
  { reason, message = '' }: Event,
  cronJob: CronJob,
  context: NamespaceContext,
): HealthReason | undefined {
  const never = neverText(cronJob);
  switch (reason) {
    case 'UnknownTimeZone':
      return unknownTimeZoneReason(
        /invalid timeZone: "([^"]*)"/.exec(message)?.[1] ??
          timeZoneOf(cronJob) ??
          '',
        cronJob,
      );
    case 'UnparseableSchedule':
    case 'InvalidSchedule': {
      const zone =
        /(?:bad|provided) location ([^:\s]+)|unknown time zone (\S+)/.exec(
          message,
        );
      return zone
        ? unknownTimeZoneReason(zone[1] ?? zone[2], cronJob)
        : {
            code: 'schedule',
            text: `${never}: its schedule ${
              cronJob.spec.schedule
            } is invalid (${redactAddresses(
              message.replace(/^[^:]*: .*? : /, ''),
            )}). Correct it.`,
          };
    }
    case 'TooManyMissedTimes':
    case 'FailedNeedsStart':
      return {
        code: 'schedule',
        text: 'More than 100 start times were missed, so some runs were left out. Set or lower startingDeadlineSeconds; the clock of the cluster may also be wrong.',
      };
    case 'MissSchedule':
      return {
        code: 'schedule',
        text: `A run was left out: it could not start within startingDeadlineSeconds (${asSentence(
          redactAddresses(
            message.replace(
              /^Missed scheduled time to start a job: /,
              'planned for ',
            ),
          ),
        ).replace(/\.$/, '')}). Raise startingDeadlineSeconds.`,
      };
    case 'FailedCreate': {
      const refusal = creationReason(message, context);
      return { ...refusal, text: `No Job can be started. ${refusal.text}` };
    }
    default:
      return undefined;
  }
}

function unknownTimeZoneReason(zone: string, cronJob: CronJob): HealthReason {
  return {
    code: 'schedule',
    text: `${neverText(
      cronJob,
    )}: the time zone ${zone} is unknown. Correct its name, for example Europe/Berlin.`,
  };
}

function neverText({ status }: CronJob): string {
  return status.lastScheduleTime === undefined
    ? 'It never starts'
    : 'It no longer starts';
}

function isKnownTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

/** A start that was due while the previous Job still runs; the controller reports it only as a Normal event. */
function overlappingRunReason(
  cronJob: CronJob,
  { clock }: NamespaceContext,
): HealthReason | undefined {
  const { spec, status } = cronJob;
  const [active] = status.active;
  if (spec.concurrencyPolicy !== 'Forbid' || spec.suspend || !active) {
    return undefined;
  }
  const due = nextStart(
    spec.schedule,
    timeZoneOf(cronJob),
    Date.parse(status.lastScheduleTime ?? ''),
  );
  const since = due === undefined ? undefined : new Date(due).toISOString();
  return since !== undefined && clock.hasPassed(0, since)
    ? {
        code: 'overlapping-run',
        text: `The next run is due, but the previous one (${active.name}) has not ended, and concurrencyPolicy Forbid allows only one. Wait for it, or limit runs by activeDeadlineSeconds.`,
        since,
      }
    : undefined;
}

/** The Job of the last start does not exist, so its result is unknown unless a later one succeeded. */
function unknownResultReason(
  { status }: CronJob,
  newest: Job | undefined,
): HealthReason | undefined {
  const { lastScheduleTime, lastSuccessfulTime = '' } = status;
  return lastScheduleTime !== undefined &&
    newest === undefined &&
    lastSuccessfulTime < lastScheduleTime
    ? {
        code: 'no-status',
        text: 'The result of the last run is unknown, because its Job no longer exists.',
        since: lastScheduleTime,
      }
    : undefined;
}
