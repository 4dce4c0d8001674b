import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import {
  ChangeRequestSuite,
  eventually,
  scorer,
} from './__testUtils__/ChangeRequestSuite';

const databases = testDatabase();

describe('lists of change requests', () => {
  let suite: ChangeRequestSuite;

  beforeEach(async () => {
    suite = await ChangeRequestSuite.create(databases);
  });
  afterEach(() => suite.stop());

  it('are filtered, sorted and paged', async () => {
    await suite.start();
    const first = await suite.changeDev('a: 2\n');
    const second = await suite.open(
      { [`${scorer}/overlays/prod/kustomization.yaml`]: 'a: 2\n' },
      { title: 'Promote' },
    );
    const third = await suite.changeDev('a: 3\n');
    await suite.forge.act('PATCH', `pulls/${third.number}`, {
      state: 'closed',
    });
    await suite.forge.act('POST', `statuses/${second.commit}`, {
      state: 'error',
      context: 'platform-check',
    });
    await suite.merge(first.number);
    const numbers = async (query: string) =>
      (await suite.list(query)).items.map(({ number }) => number);
    await eventually(
      async () => ({
        failed: await numbers('?state=failed'),
        merged: await numbers('?state=merged'),
        closed: await numbers('?state=closed'),
      }),
      found =>
        expect(found).toEqual({
          failed: [second.number],
          merged: [first.number],
          closed: [third.number],
        }),
    );
    const all = [first, second, third].map(({ number }) => number);
    expect(await numbers('?state=open')).toEqual([second.number]);
    expect(await numbers('?state=active')).toEqual(
      expect.arrayContaining([first.number, second.number]),
    );
    expect(await numbers('?state=active')).not.toContain(third.number);
    expect(await numbers('?team=app-data-team,app-ml-team')).toHaveLength(3);
    expect(await numbers('?team=app-data-team')).toEqual([]);
    const [{ author }] = (await suite.list('')).items;
    expect(await numbers(`?person=user:default/${author}`)).toHaveLength(3);
    expect(await numbers('?person=user:default/nobody')).toEqual([]);
    expect(await numbers('?step=applied')).toEqual([first.number]);
    expect(await numbers('?workload=fraud-scorer&state=open')).toEqual([
      second.number,
    ]);
    expect(await numbers('?workload=scorer')).toEqual([]);
    expect(await numbers('?search=PROMOTE')).toEqual([second.number]);
    expect(await numbers('?sort=openedAt&order=asc')).toEqual(all);
    expect(await numbers('?sort=openedAt')).toEqual([...all].reverse());
    expect(
      await suite.list('?sort=openedAt&order=asc&offset=1&limit=1'),
    ).toMatchObject({ items: [{ number: second.number }], total: 3 });
    for (const query of ['?limit=101', '?state=odd', '?sort=title']) {
      const { status } = await suite.platform.get(
        'ml-engineer',
        `/change-requests${query}`,
      );
      expect(status).toBe(400);
    }
  });
});
