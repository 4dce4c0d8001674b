import {
  syncHistorySchema,
  workloadSummarySchema,
  type WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';
import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import { readCase } from '../__testUtils__/readCase';
import { NAMESPACE } from '../__testUtils__/scorer';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

const COMMIT = '5d698944c2ce42e5e0acbbd596ea1739bb7f31eb';

const CASES = [
  '15-sync-failed-says-nothing',
  '16-application-without-status',
  '17-multi-source',
  '18-hook-never-ends',
  '19-degraded-by-externalsecret',
];

describe('reports of people who run Argo CD', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;

  const read = async (workload: string): Promise<WorkloadEnvironment> => {
    const { body } = await platform.get(
      'ml-engineer',
      `/teams/app-ml-team/workloads/${workload}`,
    );
    return workloadSummarySchema.parse(body).environments[0];
  };

  beforeAll(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      ...CASES.flatMap(readCase),
    ];
    platform = await startMlPlatform({ kubernetes });
  });
  afterAll(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  it.each(['case-15', 'case-15b'])(
    'names the resource that could not be synced, once (%s)',
    async workload => {
      const { application, health } = await read(workload);

      expect(health).toEqual({
        state: 'degraded',
        reasons: [
          {
            code: 'sync-error',
            text: 'Argo CD could not apply ServiceMonitor case-15, also not in 5 retries: The Kubernetes API could not find monitoring.coreos.com/ServiceMonitor for requested resource app-ml-team-dev/case-15. Make sure the "ServiceMonitor" CRD is installed on the destination cluster.',
            since: '2026-11-28T17:19:02Z',
            object: { kind: 'ServiceMonitor', name: 'case-15' },
          },
        ],
      });
      expect(application?.conditions).toHaveLength(1);
    },
  );

  it('does not know the state of an Application without a status', async () => {
    expect((await read('case-16')).health).toEqual({
      state: 'unknown',
      reasons: [
        {
          code: 'sync-unknown',
          text: 'Argo CD has not looked at the Application since it was created at 28 Nov 2026, 15:54 UTC, so its state is unknown. Contact the platform team if this persists.',
          since: '2026-11-28T15:54:02Z',
          object: { kind: 'Application', name: 'app-ml-team--case-16--dev' },
        },
      ],
    });
    expect((await read('case-16b')).health).toMatchObject({
      state: 'unknown',
      reasons: [
        {
          text: 'Argo CD does not know whether the newest version is deployed, nor the health of what is deployed, and gives no reason. Contact the platform team if this persists.',
        },
      ],
    });
  });

  it('lists the deployments of an Application with several sources', async () => {
    const { body } = await platform.get(
      'ml-engineer',
      '/teams/app-ml-team/workloads/case-17/deployments',
    );
    const sources = (version: string) => [
      { revision: version, chart: 'triton' },
      { revision: COMMIT, repository: 'acme/platform' },
    ];

    expect(syncHistorySchema.parse(body).items).toMatchObject([
      { id: 1, revision: COMMIT, current: true, sources: sources('4.2.1') },
      { id: 0, revision: COMMIT, current: false, sources: sources('4.2.0') },
    ]);
    expect((await read('case-17')).application).toMatchObject({
      revision: COMMIT,
      sources: sources('4.2.1'),
      deployedAt: '2026-11-28T15:54:02Z',
    });
  });

  it('names the hook that a sync is waiting for, and since when', async () => {
    expect((await read('case-18')).health).toEqual({
      state: 'waiting',
      reasons: [
        {
          code: 'sync-waiting',
          text: 'The sync, running since 28 Nov 2026, 06:24 UTC, is waiting for the PreSync hook Job case-18-migrate to complete.',
          since: '2026-11-28T06:24:02Z',
          object: { kind: 'Job', name: 'case-18-migrate' },
        },
      ],
    });
  });

  it('names the resource that is degraded, with its message', async () => {
    expect((await read('case-19')).health).toEqual({
      state: 'degraded',
      reasons: [
        {
          code: 'argocd-health',
          text: 'ExternalSecret case-19-db is degraded: could not get secret data from provider.',
          since: '2026-11-28T16:24:02Z',
          object: { kind: 'ExternalSecret', name: 'case-19-db' },
        },
      ],
    });
  });
});
