import { syncHistorySchema } from '@internal/plugin-ml-platform-common';
import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import { NAMESPACE } from '../__testUtils__/scorer';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

describe('GET /teams/:team/workloads/:workload/deployments', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;

  const get = async (path: string) => {
    const { status, body } = await platform.get('ml-engineer', path);
    expect({ path, status, body }).toMatchObject({ status: 200 });
    return body;
  };

  beforeAll(async () => {
    kubernetes = await FakeKubernetes.start();
    platform = await startMlPlatform({
      kubernetes,
      repository: {
        revision: async commit => {
          if (commit !== 'b'.repeat(40)) {
            throw new Error('The clone has no such commit');
          }
          return {
            author: 'Mia <mia@example.com>',
            date: '2026-11-20T09:00:00Z',
            message: 'Scale the scorer\n\nIt was slow.',
          };
        },
      },
    });
  });
  beforeEach(() => {
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      fakeObjects.namespace('app-ml-team', 'prod', 'app-ml-team'),
      fakeObjects.namespace('app-data-team', 'dev', 'app-data-team-dev'),
    ];
  });
  afterAll(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  const history = (environment: string, revisions: string[]) =>
    fakeObjects.application('app-ml-team', 'scorer', environment, {
      history: revisions.map((revision, id) => ({
        id,
        revision: revision.repeat(40),
        deployStartedAt: `2026-11-2${id}T09:59:00Z`,
        deployedAt: `2026-11-2${id}T10:00:00Z`,
      })),
    });

  it('lists syncs, newest first, with author and subject of the commit', async () => {
    kubernetes.objects.push(history('dev', ['a', 'b']), history('prod', ['a']));
    const path = '/teams/app-ml-team/workloads/scorer/deployments';
    const { items, total } = syncHistorySchema.parse(await get(path));

    expect(total).toBe(3);
    expect(
      items.map(({ environment, id, current }) => [environment, id, current]),
    ).toEqual([
      ['dev', 1, true],
      ['dev', 0, false],
      ['prod', 0, true],
    ]);
    expect(items[0]).toEqual({
      environment: 'dev',
      id: 1,
      revision: 'b'.repeat(40),
      deployedAt: '2026-11-21T10:00:00Z',
      startedAt: '2026-11-21T09:59:00Z',
      current: true,
      author: 'Mia <mia@example.com>',
      subject: 'Scale the scorer',
    });
    expect(items[1].author).toBeUndefined();

    const page = syncHistorySchema.parse(
      await get(`${path}?environment=dev&offset=1&limit=1`),
    );
    expect(page).toMatchObject({ total: 2, items: [{ id: 0 }] });
  });

  it('hides the history of another team', async () => {
    const { status } = await platform.get(
      'data-engineer',
      '/teams/app-ml-team/workloads/scorer/deployments',
    );
    expect(status).toBe(404);
  });
});
