import { applicationSchema } from '@internal/plugin-ml-platform-node';
import { advanceProgress, type WorkloadView } from './advanceProgress';
import type { ApplicationRecord } from './changeRequestRecord';

const before = '0'.repeat(40);
const merged = '1'.repeat(40);
const later = '2'.repeat(40);

const known: ApplicationRecord = {
  name: 'team-a--scorer--dev',
  team: 'team-a',
  workload: 'scorer',
  environment: 'dev',
  project: 'team-a',
  directory: 'infra/gitops/workloads/team-a/scorer/overlays/dev',
  removes: false,
  applied: { state: 'waiting' },
  healthy: { state: 'waiting' },
};
const now = new Date('2026-11-25T12:00:00Z');

const deployed = (id: number, revision: string, time: string) => ({
  id,
  revision,
  deployedAt: `2026-11-25T${time}Z`,
});

/** How far the request came, by the status of the Application; `undefined`: there is none. */
async function follow(
  status: object | undefined,
  given: Partial<ApplicationRecord> = {},
  workloadView: WorkloadView = { unready: [], reasons: [] },
) {
  const { applied, healthy } = await advanceProgress(
    { ...known, ...given },
    {
      application:
        status &&
        applicationSchema.parse({
          metadata: { name: known.name },
          spec: { project: 'team-a' },
          status,
        }),
      merge: { commit: merged, at: '2026-11-25T11:00:00.000Z' },
      contains: async revision => revision === merged || revision === later,
      workloadView,
      now,
    },
  );
  return { applied, healthy };
}

const applied = (at: string) => ({ state: 'passed', at } as const);
const synced = {
  history: [deployed(0, before, '10:00:00'), deployed(1, merged, '11:01:00')],
};

describe('the sync', () => {
  it.each<[string, object | undefined, object]>([
    [
      'there is no Application yet',
      undefined,
      {
        state: 'waiting',
        text: 'Argo CD does not have the Application yet.',
      },
    ],
    [
      'only what was before is deployed',
      {
        sync: { status: 'Synced', revision: before },
        history: [deployed(0, before, '11:30:00')],
      },
      { state: 'waiting', text: 'Argo CD has not synced it yet.' },
    ],
    [
      'the merge commit is deployed',
      synced,
      applied('2026-11-25T11:01:00.000Z'),
    ],
    [
      'a later commit is deployed that contains it',
      {
        history: [
          deployed(4, before, '10:00:00'),
          deployed(5, later, '11:05:00'),
        ],
      },
      applied('2026-11-25T11:05:00.000Z'),
    ],
    [
      'the first of those that contain it counts',
      {
        history: [
          deployed(2, later, '11:05:00'),
          deployed(0, before, '10:00:00'),
          deployed(1, merged, '11:01:00'),
        ],
      },
      applied('2026-11-25T11:01:00.000Z'),
    ],
    [
      'it was rolled back since',
      {
        sync: { status: 'OutOfSync', revision: later },
        history: [
          deployed(0, merged, '11:01:00'),
          deployed(1, before, '11:10:00'),
        ],
      },
      applied('2026-11-25T11:01:00.000Z'),
    ],
    [
      'what was before is forgotten',
      { history: [deployed(7, later, '11:40:00')] },
      {
        ...applied('2026-11-25T11:40:00.000Z'),
        text: 'At this time or earlier: Argo CD no longer has the earlier syncs.',
      },
    ],
    [
      'it changes nothing there',
      {
        sync: { status: 'Synced', revision: merged },
        reconciledAt: '2026-11-25T11:02:00Z',
        history: [deployed(0, before, '10:00:00')],
      },
      {
        ...applied('2026-11-25T11:02:00.000Z'),
        text: 'There was nothing to apply.',
      },
    ],
    [
      'it is seen and differs',
      {
        sync: { status: 'OutOfSync', revision: merged },
        history: [deployed(0, before, '10:00:00')],
      },
      { state: 'waiting', text: 'Argo CD has not synced it yet.' },
    ],
    [
      'it is being synced',
      {
        operationState: { phase: 'Running', syncResult: { revision: merged } },
      },
      { state: 'running' },
    ],
    [
      'its sync failed',
      {
        operationState: {
          phase: 'Failed',
          message: 'quota exceeded at https://10.0.0.1/x',
          finishedAt: '2026-11-25T11:03:00Z',
          syncResult: { revision: merged },
        },
      },
      {
        state: 'failed',
        at: '2026-11-25T11:03:00.000Z',
        text: 'quota exceeded at (address)',
      },
    ],
    [
      'its sync failed and is tried again',
      {
        operationState: {
          phase: 'Running',
          retryCount: 2,
          message: 'no such namespace',
          syncResult: { revision: merged },
        },
      },
      { state: 'failed', at: undefined, text: 'no such namespace' },
    ],
    [
      'another sync failed before',
      {
        operationState: { phase: 'Failed', syncResult: { revision: before } },
      },
      { state: 'waiting', text: 'Argo CD has not synced it yet.' },
    ],
    [
      'it cannot be built',
      { conditions: [{ type: 'ComparisonError', message: 'no such file' }] },
      { state: 'failed', text: 'no such file' },
    ],
    [
      'a warning is no failure',
      { conditions: [{ type: 'OrphanedResourceWarning', message: 'x' }] },
      { state: 'waiting', text: 'Argo CD has not synced it yet.' },
    ],
  ])('%s', async (_, status, expected) => {
    const { applied: progress } = await follow(status);
    expect(progress).toEqual(expected);
  });

  it('stays when it has passed, whatever comes later', async () => {
    const passed = { applied: applied('2026-11-25T11:01:00.000Z') };
    for (const status of [
      undefined,
      { conditions: [{ type: 'ComparisonError', message: 'no such file' }] },
      { history: [deployed(9, later, '11:50:00')] },
    ]) {
      expect((await follow(status, passed)).applied).toEqual(passed.applied);
    }
  });

  it('of a removal has passed when the Application is gone', async () => {
    const removes = { removes: true };
    expect(await follow(synced, removes)).toMatchObject({
      applied: { state: 'waiting' },
      healthy: { state: 'waiting' },
    });
    expect(await follow(undefined, removes)).toEqual({
      applied: {
        ...applied('2026-11-25T12:00:00.000Z'),
        text: 'Removed.',
      },
      healthy: { state: 'skipped' },
    });
  });
});

describe('the health', () => {
  const health = (status: string, more: object = {}) => ({
    ...synced,
    health: { status, ...more },
  });

  it.each<[string, object, object]>([
    ['not known yet', synced, { state: 'waiting' }],
    [
      'Healthy before the sync and after it',
      health('Healthy', { lastTransitionTime: '2026-11-25T09:00:00Z' }),
      applied('2026-11-25T11:01:00.000Z'),
    ],
    [
      'Healthy some time after the sync',
      health('Healthy', { lastTransitionTime: '2026-11-25T11:04:00Z' }),
      applied('2026-11-25T11:04:00.000Z'),
    ],
    [
      'Healthy, and nobody says since when',
      health('Healthy'),
      applied('2026-11-25T12:00:00.000Z'),
    ],
    [
      'Healthy, as it was assessed before the sync',
      { ...health('Healthy'), reconciledAt: '2026-11-25T11:00:59Z' },
      { state: 'waiting' },
    ],
    [
      'Healthy, as it was assessed with the sync',
      {
        ...health('Healthy', { lastTransitionTime: '2026-11-25T11:01:00Z' }),
        reconciledAt: '2026-11-25T11:01:00Z',
      },
      applied('2026-11-25T11:01:00.000Z'),
    ],
    [
      'Progressing',
      health('Progressing'),
      { state: 'running', text: 'Progressing' },
    ],
    [
      'a word that we do not know',
      health('Odd'),
      { state: 'running', text: 'Unknown' },
    ],
    [
      'Degraded',
      health('Degraded', {
        message: 'exceeded its progress deadline',
        lastTransitionTime: '2026-11-25T11:11:00Z',
      }),
      {
        state: 'failed',
        at: '2026-11-25T11:11:00.000Z',
        text: 'Degraded: exceeded its progress deadline',
      },
    ],
  ])('%s', async (_, status, expected) => {
    const { healthy } = await follow(status);
    expect(healthy).toEqual(expected);
  });

  it('is not looked at before the sync', async () => {
    const { healthy } = await follow({ health: { status: 'Healthy' } });
    expect(healthy).toEqual({ state: 'waiting' });
  });

  it('passes after a failure, and stays then', async () => {
    const failed = { healthy: { state: 'failed', text: 'Degraded' } as const };
    const passed = applied('2026-11-25T11:04:00.000Z');
    expect(
      await follow(
        health('Healthy', { lastTransitionTime: passed.at }),
        failed,
      ),
    ).toMatchObject({ healthy: passed });
    expect(
      await follow(health('Degraded'), {
        applied: applied('2026-11-25T11:01:00.000Z'),
        healthy: passed,
      }),
    ).toMatchObject({ healthy: passed });
  });

  it('is not believed while pods are not ready, and told in their words', async () => {
    const crash = 'The container exits with code 1 again and again.';
    const view = { unready: [crash], reasons: [crash] };
    const earlier = { lastTransitionTime: '2026-11-25T11:01:00Z' };
    const { healthy } = await follow(health('Healthy', earlier), {}, view);
    expect(healthy).toEqual({ state: 'running', text: crash, disputed: true });
    // Since when they are, nobody but us knows.
    expect(await follow(health('Healthy', earlier), { healthy })).toMatchObject(
      { healthy: applied('2026-11-25T12:00:00.000Z') },
    );
    expect(
      (await follow(health('Degraded', { message: 'x' }), {}, view)).healthy,
    ).toMatchObject({ state: 'failed', text: `Degraded: ${crash}` });
    expect(
      (await follow(health('Progressing'), {}, view)).healthy,
    ).toMatchObject({ state: 'running', text: `Progressing: ${crash}` });
  });
});
