import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';
import { RunHistory } from './RunHistory';
import type { RunRecord } from './RunRecord';

const databases = testDatabase();

const at = (minute: number) =>
  new Date(Date.UTC(2026, 10, 20, 10, minute)).toISOString();

const run = (
  observedAt: string,
  state: RunRecord['state'],
  rest: Partial<RunRecord> = {},
): RunRecord => ({
  id: 'run',
  name: 'churn',
  team: 'app-ml-team',
  environment: 'dev',
  cluster: 'sandbox',
  namespace: 'app-ml-team-dev',
  state,
  durationSeconds: 0,
  gpus: 2,
  gpuAmounts: [],
  gpuSeconds: 0,
  sliceSeconds: 0,
  retries: 0,
  observedAt,
  pods: [],
  otherGpuSeconds: 0,
  otherSliceSeconds: 0,
  ...rest,
});

function permutations<T>(items: T[]): T[][] {
  return items.length < 2
    ? [items]
    : items.flatMap((item, i) =>
        permutations(items.filter((_, j) => j !== i)).map(rest => [
          item,
          ...rest,
        ]),
      );
}

describe('RunHistory', () => {
  let database: Knex;
  let history: RunHistory;

  const row = async (id = 'run') =>
    (await history.find('app-ml-team', id)) as RunRecord;

  beforeEach(async () => {
    database = await openDatabase({ getClient: () => databases.init() });
    history = new RunHistory({ database });
  });

  it('comes to the same row in whatever order replicas write it', async () => {
    const writes = [
      run(at(1), 'Pending'),
      run(at(2), 'Running', { gpuSeconds: 60 }),
      // A replica whose watch lags behind.
      run(at(9), 'Running', { gpuSeconds: 540 }),
      run(at(4), 'Succeeded', { gpuSeconds: 240 }),
      run(at(5), 'Succeeded', { gpuSeconds: 240, removedAt: at(6) }),
    ];

    const orders = permutations(writes);
    for (const turn of writes.keys()) {
      await history.upsert(
        orders.map((order, i) => ({ ...order[turn], id: `run-${i}` })),
      );
    }

    const results = await Promise.all(orders.map((_, i) => row(`run-${i}`)));
    expect(results).toHaveLength(120);
    expect(results.map(({ id: _id, ...rest }) => rest)).toEqual(
      results.map(() =>
        expect.objectContaining({
          state: 'Succeeded',
          gpuSeconds: 240,
          observedAt: at(5),
          removedAt: at(6),
        }),
      ),
    );
  });

  it('does not let a late write undo a newer one', async () => {
    await history.upsert([run(at(3), 'Running', { gpuSeconds: 120 })]);

    await history.upsert([run(at(2), 'Running', { gpuSeconds: 60 })]);
    expect(await row()).toMatchObject({ observedAt: at(3), gpuSeconds: 120 });

    await history.upsert([run(at(4), 'Removed', { removedAt: at(4) })]);
    await history.upsert([run(at(5), 'Running')]);
    expect(await row()).toMatchObject({ state: 'Removed', removedAt: at(4) });
  });

  it('lets a replica that saw the end correct one that only found the Job deleted', async () => {
    await history.upsert([run(at(1), 'Running')]);
    await history.markRemoved(['run'], at(6));
    expect(await row()).toMatchObject({ state: 'Removed', removedAt: at(6) });

    await history.upsert([run(at(5), 'Failed', { removedAt: at(7) })]);
    await history.markRemoved(['run'], at(8));

    expect(await row()).toMatchObject({ state: 'Failed', removedAt: at(6) });
  });

  it('takes many rows from several replicas at once', async () => {
    const runs = Array.from({ length: 50 }, (_, i) =>
      run(at(1), 'Running', { id: `run-${i}` }),
    );

    await Promise.all([
      history.upsert(runs),
      history.upsert([...runs].reverse()),
      history.upsert(runs.map(each => ({ ...each, state: 'Failed' as const }))),
    ]);

    const states = await database('runs').pluck('state');
    expect(states).toEqual(Array(50).fill('Failed'));
  });
});
