import {
  fakeObjects,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';
import { job, object, template } from '../__testUtils__/scorer';
import { startWorkloadPlatform } from './__testUtils__/workloadPlatform';
import { warningEvent } from './__testUtils__/workloadObjects';

const cronJob = (
  spec: Record<string, unknown> = {},
  status: Record<string, unknown> = {},
): FakeObject =>
  fakeObjects.ofWorkload(
    'scorer',
    object('batch/v1', 'CronJob', 'nightly', {
      spec: {
        schedule: '0 3 * * *',
        jobTemplate: { spec: { template } },
        ...spec,
      },
      status,
    }),
  );
const withWarning = (
  reason: string,
  message: string,
  spec?: Record<string, unknown>,
  status?: Record<string, unknown>,
) => {
  const owner = cronJob(spec, status);
  return [owner, warningEvent(owner, reason, message)];
};

describe('health of CronJobs', () => {
  const platform = startWorkloadPlatform();

  it.each<[string, FakeObject[], string, string[]]>([
    ['scheduled', [cronJob()], 'healthy', []],
    [
      'an unknown time zone in the schedule',
      withWarning(
        'UnparseableSchedule',
        'unparseable schedule: "TZ=Mars/Base 0 3 * * *" : provided bad location Mars/Base: unknown time zone Mars/Base',
        { schedule: 'TZ=Mars/Base 0 3 * * *' },
      ),
      'degraded',
      [
        'It never starts: the time zone Mars/Base is unknown. Correct its name, for example Europe/Berlin.',
      ],
    ],
    [
      'an unknown time zone whose event has expired',
      [cronJob({ timeZone: 'Mars/Base' })],
      'degraded',
      [
        'It never starts: the time zone Mars/Base is unknown. Correct its name, for example Europe/Berlin.',
      ],
    ],
    [
      'a schedule that does not parse',
      withWarning(
        'UnparseableSchedule',
        'unparseable schedule: "0 0 L * *" : failed to parse int from L: strconv.Atoi: parsing "L": invalid syntax',
        { schedule: '0 0 L * *' },
        {
          lastScheduleTime: '2026-11-19T03:00:00Z',
          lastSuccessfulTime: '2026-11-19T03:05:00Z',
        },
      ),
      'degraded',
      [
        'It no longer starts: its schedule 0 0 L * * is invalid (failed to parse int from L: strconv.Atoi: parsing "L": invalid syntax). Correct it.',
      ],
    ],
    [
      'a time zone that was corrected since the warning',
      withWarning(
        'UnknownTimeZone',
        'invalid timeZone: "Asia/Calcuta": unknown time zone Asia/Calcuta',
        { timeZone: 'Asia/Kolkata' },
      ),
      'healthy',
      [],
    ],
    [
      'too many missed start times',
      withWarning(
        'TooManyMissedTimes',
        'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew',
      ),
      'degraded',
      [
        'More than 100 start times were missed, so some runs were left out. Set or lower startingDeadlineSeconds; the clock of the cluster may also be wrong.',
      ],
    ],
    [
      'a missed start',
      withWarning(
        'MissSchedule',
        'Missed scheduled time to start a job: Fri, 20 Nov 2026 03:00:00 UTC',
      ),
      'degraded',
      [
        'A run was left out: it could not start within startingDeadlineSeconds (planned for Fri, 20 Nov 2026 03:00:00 UTC). Raise startingDeadlineSeconds.',
      ],
    ],
    [
      'a policy that refuses the Job',
      withWarning(
        'FailedCreate',
        'Error creating job: admission webhook "validate.kyverno.svc" denied the request: images need a digest',
      ),
      'degraded',
      [
        'No Job can be started. Rejected by a policy of the platform: images need a digest.',
      ],
    ],
    [
      'a warning that a later start has resolved',
      withWarning(
        'FailedCreate',
        'Error creating job: exceeded quota',
        {},
        {
          lastScheduleTime: '2026-11-21T03:00:00Z',
          lastSuccessfulTime: '2026-11-21T03:05:00Z',
        },
      ),
      'healthy',
      [],
    ],
    [
      'suspended',
      [cronJob({ suspend: true })],
      'suspended',
      ['Suspended: it starts no Jobs until it is resumed.'],
    ],
    [
      'a previous run that has not ended',
      [
        cronJob(
          { concurrencyPolicy: 'Forbid' },
          {
            lastScheduleTime: '2026-11-20T03:00:00Z',
            lastSuccessfulTime: '2026-11-20T03:00:01Z',
            active: [{ name: 'nightly-1' }],
          },
        ),
      ],
      'waiting',
      [
        'The next run is due, but the previous one (nightly-1) has not ended, and concurrencyPolicy Forbid allows only one. Wait for it, or limit runs by activeDeadlineSeconds.',
      ],
    ],
    [
      'a last run whose Job is gone',
      [cronJob({}, { lastScheduleTime: '2026-11-20T03:00:00Z' })],
      'unknown',
      [
        'The result of the last run is unknown, because its Job no longer exists.',
      ],
    ],
  ])('%s', async (_, objects, state, texts) => {
    const [{ health }] = (await platform.read(objects)).environments;

    expect(health.reasons.map(({ text }) => text)).toEqual(texts);
    expect(health.state).toBe(state);
  });

  it('names the time zone of the field, or that of the schedule', async () => {
    const timeZones = async (spec: Record<string, unknown>) =>
      (await platform.read([cronJob(spec)])).jobs.map(
        ({ timeZone }) => timeZone,
      );

    expect(await timeZones({ timeZone: 'Asia/Kolkata' })).toEqual([
      'Asia/Kolkata',
    ]);
    expect(
      await timeZones({ schedule: 'CRON_TZ=Europe/Berlin 0 3 * * *' }),
    ).toEqual(['Europe/Berlin']);
    expect(await timeZones({})).toEqual([undefined]);
  });

  it('explains why the current run is pending', async () => {
    const owner = cronJob();
    const { environments } = await platform.read([
      owner,
      job('nightly-1', { spec: { template } }, owner),
    ]);

    expect(environments[0].health).toMatchObject({
      state: 'progressing',
      reasons: [
        {
          text: 'The current run is pending. Its pod has not been created yet.',
        },
      ],
    });
  });
});
