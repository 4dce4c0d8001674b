import {
  applicationHealth,
  inOrder,
  running,
} from '../__testUtils__/applicationHealth';

const deployment = { group: 'apps', kind: 'Deployment', name: 'a' };
const certificate = {
  group: 'cert-manager.io',
  kind: 'Certificate',
  name: 'c',
};

describe('state of an Argo CD Application', () => {
  it.each<[string, object, string[]]>([
    [
      'waits for a resource of a wave',
      {
        ...running(
          'waiting for healthy state of apps/Deployment/a and 2 more resources',
        ),
        resources: [
          {
            ...deployment,
            status: 'Synced',
            health: {
              status: 'Progressing',
              message: 'Waiting for rollout to finish',
            },
          },
        ],
      },
      [
        'waiting',
        'The sync is waiting for Deployment a and 2 others to become healthy before it applies the rest (it is progressing: Waiting for rollout to finish).',
      ],
    ],
    [
      'waits for a core resource in a retry',
      running('waiting for completion of hook /Pod/smoke', { retryCount: 1 }),
      ['waiting', 'The sync is waiting for the hook Pod smoke to complete.'],
    ],
    [
      'waits for a deletion',
      running('waiting for deletion of hook batch/Job/migrate'),
      [
        'waiting',
        'The sync is waiting for the deletion of the hook Job migrate.',
      ],
    ],
    [
      'waits for a confirmation',
      running('waiting for pruning confirmation of apps/Deployment/a'),
      [
        'waiting',
        'The sync is waiting for somebody to confirm in Argo CD that Deployment a may be deleted.',
      ],
    ],
    [
      'is blocked by a sync window',
      running('Sync operation blocked by sync window'),
      [
        'waiting',
        'The sync is blocked by a sync window of the project team, and continues when the window allows it.',
      ],
    ],
    [
      'is terminated',
      {
        ...inOrder,
        operationState: {
          phase: 'Terminating',
          message: 'operation is terminating due to timeout',
        },
      },
      [
        'waiting',
        'The sync is being terminated, because it took longer than Argo CD allows.',
      ],
    ],
    [
      'is degraded, and Argo CD 3 does not say by what',
      {
        ...inOrder,
        health: {
          status: 'Degraded',
          lastTransitionTime: '2026-11-28T16:24:02Z',
        },
        resources: [{ ...certificate, status: 'Synced' }],
      },
      [
        'degraded',
        'Argo CD reports a degraded resource since 28 Nov 2026, 16:24 UTC, and does not say which. The pods are in order. The portal does not read Certificate c: look there first.',
      ],
    ],
    [
      'is Healthy with an unknown sync status',
      { ...inOrder, sync: { status: 'Unknown' } },
      [
        'unknown',
        'Argo CD does not know whether the newest version is deployed, and gives no reason. Contact the platform team if this persists.',
      ],
    ],
    [
      'has resources that only somebody can prune',
      {
        ...inOrder,
        sync: { status: 'OutOfSync' },
        resources: [
          { ...deployment, status: 'OutOfSync', requiresPruning: true },
        ],
      },
      [
        'healthy',
        'Git no longer has Deployment a, but the cluster does: Argo CD is not allowed to delete here by itself. Prune in Argo CD.',
      ],
    ],
  ])('%s', (_, status, expected) => {
    expect(applicationHealth(status)).toEqual(expected);
  });

  it('says that automatic sync is off', () => {
    const status = { ...inOrder, sync: { status: 'OutOfSync' } };
    const expected = [
      'waiting',
      'What is deployed differs from Git, and Argo CD does not sync this Application by itself. Sync it in Argo CD, or ask the platform team to.',
    ];

    for (const syncPolicy of [{}, { automated: { enabled: false } }]) {
      expect(applicationHealth(status, { spec: { syncPolicy } })).toEqual(
        expected,
      );
    }
  });

  it('does not trust a status from before the last change of the settings', () => {
    const source = { repoURL: 'https://git.example.com/x', path: 'a' };
    const sync = {
      ...inOrder.sync,
      comparedTo: { source: { ...source, path: 'b' } },
    };
    const reconciledAt = '2026-11-28T15:00:00Z';

    expect(
      applicationHealth(
        { ...inOrder, sync, reconciledAt },
        { spec: { source } },
      ),
    ).toEqual([
      'unknown',
      "Argo CD has not looked at the Application's newest settings, last at 28 Nov 2026, 15:00 UTC, so its state is out of date. Contact the platform team if this persists.",
    ]);
    expect(
      applicationHealth(
        { ...inOrder, reconciledAt },
        { metadata: { creationTimestamp: '2026-11-28T16:00:00Z' } },
      )[0],
    ).toBe('unknown');
  });

  it('says how far a deletion is', () => {
    expect(
      applicationHealth(inOrder, {
        metadata: {
          deletionTimestamp: '2026-11-28T16:00:00Z',
          finalizers: ['post-delete-finalizer.argocd.argoproj.io/cleanup'],
        },
      }),
    ).toEqual([
      'waiting',
      'Argo CD has been deleting the Application since 28 Nov 2026, 16:00 UTC, and waits for its PostDelete hooks.',
    ]);
    expect(
      applicationHealth(inOrder, {
        metadata: {
          deletionTimestamp: '2026-11-28T16:00:00Z',
          finalizers: ['example.com/keep'],
        },
      })[1],
    ).toMatch(/waits for the finalizer example.com\/keep\.$/);
  });
});
