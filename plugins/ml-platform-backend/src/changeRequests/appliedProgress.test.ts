import {
  advance,
  applied,
  before,
  deployed,
  later,
  merged,
  synced,
} from './__testUtils__/advance';

describe('progress of the sync', () => {
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
      'it is deployed as one of several sources',
      {
        history: [
          {
            id: 0,
            revision: '',
            revisions: ['4.2.1', merged],
            sources: [{ chart: 'triton' }, { ref: 'values' }],
            deployedAt: '2026-11-25T11:01:00Z',
          },
        ],
      },
      applied('2026-11-25T11:01:00.000Z'),
    ],
    [
      'it is deployed as the commit that was hydrated from it',
      {
        history: [deployed(0, before, '11:01:00')],
        sourceHydrator: {
          lastSuccessfulOperation: { drySHA: merged, hydratedSHA: before },
        },
      },
      applied('2026-11-25T11:01:00.000Z'),
    ],
    [
      'a resource of it could not be applied',
      {
        operationState: {
          phase: 'Failed',
          message: 'one or more synchronization tasks are not valid',
          syncResult: {
            revision: '',
            revisions: [merged],
            resources: [
              {
                kind: 'ServiceMonitor',
                name: 'scorer',
                status: 'SyncFailed',
                message: 'the CRD is not installed',
              },
            ],
          },
        },
      },
      {
        state: 'failed',
        at: undefined,
        text: 'ServiceMonitor scorer: the CRD is not installed',
      },
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
    const { applied: progress } = await advance(status);
    expect(progress).toEqual(expected);
  });

  it('stays when it has passed, whatever comes later', async () => {
    const passed = { applied: applied('2026-11-25T11:01:00.000Z') };
    for (const status of [
      undefined,
      { conditions: [{ type: 'ComparisonError', message: 'no such file' }] },
      { history: [deployed(9, later, '11:50:00')] },
    ]) {
      expect((await advance(status, passed)).applied).toEqual(passed.applied);
    }
  });

  it('of a removal has passed when the Application is gone', async () => {
    const removes = { removes: true };
    expect(await advance(synced, removes)).toMatchObject({
      applied: { state: 'waiting' },
      healthy: { state: 'waiting' },
    });
    expect(await advance(undefined, removes)).toEqual({
      applied: {
        ...applied('2026-11-25T12:00:00.000Z'),
        text: 'Removed.',
      },
      healthy: { state: 'skipped' },
    });
  });
});
