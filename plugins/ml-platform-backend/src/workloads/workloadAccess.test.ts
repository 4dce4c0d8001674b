import { mockCredentials } from '@backstage/backend-test-utils';
import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import request from 'supertest';
import { NAMESPACE } from '../__testUtils__/scorer';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

describe('access to workloads', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      fakeObjects.namespace('app-data-team', 'dev', 'app-data-team-dev'),
    ];
    platform = await startMlPlatform({ kubernetes });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  it('responds alike to a workload of another team and to one that does not exist', async () => {
    kubernetes.objects.push(
      fakeObjects.application('app-data-team', 'data-api', 'dev', {}),
      // Labels prove nothing; the AppProject decides.
      {
        ...fakeObjects.application('app-ml-team', 'claimed', 'dev', {}),
        spec: { project: 'app-data-team' },
      },
    );
    const responses = await Promise.all(
      [
        '/teams/app-data-team/workloads/data-api',
        '/teams/app-data-team/workloads/nothing',
        '/teams/no-team/workloads/nothing',
        '/teams/app-ml-team/workloads/nothing',
        '/teams/app-ml-team/workloads/claimed',
        '/teams/..%2Fapp-ml-team/workloads/scorer',
      ].map(path => platform.get('ml-engineer', path)),
    );

    for (const { status, body } of responses) {
      expect(status).toBe(404);
      expect(body.error).toEqual(responses[0].body.error);
    }
    const otherTeam = await platform.get(
      'platform-engineer',
      '/teams/app-data-team/workloads/data-api',
    );
    expect(otherTeam.status).toBe(200);
  });

  it("counts an Application in a team's namespace only where the AppProject names it", async () => {
    const project = fakeObjects.appProject('app-ml-team', []);
    const inNamespace = (workload: string, namespace: string) => {
      const application = fakeObjects.application(
        'app-ml-team',
        workload,
        'dev',
        { sync: { status: 'Synced' }, health: { status: 'Healthy' } },
      );
      application.metadata.namespace = namespace;
      return application;
    };
    kubernetes.objects.push(
      project,
      inNamespace('own', 'app-ml-team-dev'),
      inNamespace('foreign', 'app-data-team-dev'),
    );
    const statuses = () =>
      Promise.all(
        ['own', 'foreign'].map(
          async workload =>
            (
              await platform.get(
                'ml-engineer',
                `/teams/app-ml-team/workloads/${workload}`,
              )
            ).status,
        ),
      );

    expect(await statuses()).toEqual([404, 404]);

    project.spec = { sourceNamespaces: ['app-*'] };
    expect(await statuses()).toEqual([200, 404]);
  });

  it('requires a signed-in user', async () => {
    const path = '/api/ml-platform/teams/app-ml-team/workloads/scorer';
    const get = (header: string) =>
      request(platform.server).get(path).set('authorization', header);

    expect((await get(mockCredentials.none.header())).status).toBe(401);
    expect((await get(mockCredentials.service.header())).status).toBe(403);
  });
});
