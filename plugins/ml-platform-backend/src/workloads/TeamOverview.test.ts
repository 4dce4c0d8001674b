import {
  teamsSchema,
  teamWorkloadsSchema,
} from '@internal/plugin-ml-platform-common';
import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import { NAMESPACE, pod, waiting } from '../__testUtils__/scorer';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';
import { deployment } from './__testUtils__/workloadObjects';

describe('lists of teams and workloads', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;

  const get = async (path: string, person = 'ml-engineer') => {
    const { status, body } = await platform.get(person, path);
    expect({ path, status, body }).toMatchObject({ status: 200 });
    return body;
  };

  beforeAll(async () => {
    kubernetes = await FakeKubernetes.start();
    platform = await startMlPlatform({ kubernetes });
  });
  beforeEach(() => {
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      fakeObjects.namespace('app-ml-team', 'prod', 'app-ml-team'),
      fakeObjects.namespace('app-data-team', 'dev', 'app-data-team-dev'),
    ];
    kubernetes.objects.push(
      deployment('scorer', NAMESPACE),
      deployment('scorer', 'app-ml-team', {}),
      deployment('ranker', NAMESPACE),
      deployment('data-api', 'app-data-team-dev'),
      pod('crashing', waiting('CrashLoopBackOff')),
      fakeObjects.application('app-ml-team', 'ranker', 'dev', {
        sync: { status: 'Synced' },
        history: [{ id: 0, deployedAt: '2026-11-20T10:00:00Z' }],
      }),
      fakeObjects.application('app-ml-team', 'new', 'dev', {
        health: { status: 'Missing' },
      }),
    );
  });
  afterAll(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  const list = async (query: string) =>
    teamWorkloadsSchema.parse(
      await get(`/teams/app-ml-team/workloads${query}`),
    );
  const names = async (query: string) =>
    (await list(query)).items.map(({ workload }) => workload);

  it('counts, filters, sorts and pages workloads', async () => {
    const { items, total, counts } = await list('');

    expect(items.map(({ workload, state }) => [workload, state])).toEqual([
      ['new', 'missing'],
      ['ranker', 'healthy'],
      ['scorer', 'degraded'],
    ]);
    expect(total).toBe(3);
    expect(counts).toMatchObject({ missing: 1, healthy: 1, degraded: 1 });
    expect(await names('?sort=state')).toEqual(['scorer', 'ranker', 'new']);
    expect(await names('?sort=deployedAt&order=desc')).toEqual([
      'ranker',
      'new',
      'scorer',
    ]);
    expect(await names('?search=RANK')).toEqual(['ranker']);
    expect(await names('?limit=1&offset=1')).toEqual(['ranker']);
    expect(await list('?state=degraded')).toMatchObject({
      total: 1,
      counts: { healthy: 1, degraded: 1 },
    });
    expect(
      (await list('?environment=prod')).items.map(({ state }) => state),
    ).toEqual(['missing', 'missing', 'progressing']);
  });

  it('lists and counts only the teams of the caller', async () => {
    const teams = async (person: string, query = '') =>
      teamsSchema.parse(await get(`/teams${query}`, person));

    expect(await teams('ml-engineer')).toMatchObject({
      total: 1,
      items: [
        {
          team: 'app-ml-team',
          workloads: 3,
          counts: { degraded: 1 },
          environments: expect.arrayContaining([
            expect.objectContaining({
              environment: 'prod',
              counts: expect.objectContaining({ missing: 2, progressing: 1 }),
              quota: [],
            }),
          ]),
          problems: [
            { workload: 'scorer', environment: 'dev', state: 'degraded' },
          ],
        },
      ],
    });
    expect(
      (await teams('platform-engineer', '?sort=state')).items.map(
        ({ team }) => team,
      ),
    ).toEqual(['app-ml-team', 'app-data-team']);
    expect(await teams('platform-engineer', '?limit=1')).toMatchObject({
      total: 2,
      items: [{ team: 'app-data-team' }],
    });
    expect(await teams('security-engineer')).toMatchObject({
      total: 0,
      items: [],
    });
    const otherTeam = await platform.get(
      'data-engineer',
      '/teams/app-ml-team/workloads',
    );
    expect(otherTeam.status).toBe(404);
  });
});
