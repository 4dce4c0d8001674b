import { mockServices } from '@backstage/backend-test-utils';
import {
  testDatabase,
  eventually,
} from '@internal/plugin-ml-platform-node/testing';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';
import { ChangeRequestHistory } from './ChangeRequestHistory';
import type {
  ApplicationRecord,
  ChangeRequestRecord,
} from './changeRequestRecord';
import { ChangeRequestRecords } from './ChangeRequestRecords';

const databases = testDatabase();

const application: ApplicationRecord = {
  name: 'app-ml-team--scorer--dev',
  team: 'app-ml-team',
  workload: 'scorer',
  environment: 'dev',
  project: 'app-ml-team',
  directory: 'workloads/app-ml-team/scorer/overlays/dev',
  removes: false,
  applied: { state: 'waiting' },
  healthy: { state: 'waiting' },
};

const record = (
  rest: Partial<ChangeRequestRecord> = {},
): ChangeRequestRecord => ({
  number: 1,
  title: 'Deploy',
  url: 'http://forge.example.com/pulls/1',
  state: 'open',
  author: 'ml-engineer',
  headCommit: 'a',
  openedAt: '2026-11-20T10:00:00Z',
  updatedAt: '2026-11-20T10:00:00Z',
  readAt: '2026-11-20T10:00:00Z',
  teams: ['app-ml-team'],
  workloads: [],
  terraform: [],
  checks: [],
  reviews: [],
  applications: [application],
  ...rest,
});

const applied = (at: string): ApplicationRecord[] => [
  { ...application, applied: { state: 'passed', at } },
];

describe('ChangeRequestHistory', () => {
  let database: Knex;
  const stops: Array<() => Promise<void>> = [];

  const startReplica = async () => {
    const records = new ChangeRequestRecords({ onChange: () => {} });
    const history = new ChangeRequestHistory({
      database,
      records,
      repositoryUrl: 'http://forge.example.com/acme/platform.git',
      logger: mockServices.logger.mock(),
    });
    await history.start();
    stops.push(() => history.stop());
    return records;
  };
  const stored = async (): Promise<ChangeRequestRecord[]> =>
    (await database('change_requests')).map(row => JSON.parse(row.record));

  beforeEach(async () => {
    database = await openDatabase({ getClient: () => databases.init() });
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()));
  });

  it('keeps what each of two replicas learnt of the same change request', async () => {
    const one = await startReplica();
    const other = await startReplica();
    one.put(record());
    one.advance(1, applied('2026-11-20T10:01:00Z'));
    await eventually(async () => expect(await stored()).toHaveLength(1));

    // This replica has not read the row of the other one.
    other.put(record({ title: 'Newer', updatedAt: '2026-11-20T10:05:00Z' }));

    await eventually(async () =>
      expect(await stored()).toMatchObject([
        { title: 'Newer', applications: applied('2026-11-20T10:01:00Z') },
      ]),
    );
    expect(other.get(1)?.applications).toEqual(applied('2026-11-20T10:01:00Z'));
  });

  it('does not let a late write undo a newer one', async () => {
    const late = await startReplica();
    const current = await startReplica();
    current.put(record({ title: 'New', updatedAt: '2026-11-20T10:05:00Z' }));
    current.advance(1, applied('2026-11-20T10:01:00Z'));
    await eventually(async () => expect(await stored()).toHaveLength(1));

    late.put(record({ title: 'Old' }));
    late.advance(1, applied('2026-11-20T10:02:00Z'));

    await eventually(() => expect(late.get(1)?.title).toBe('New'));
    await eventually(() => expect(late.takeChanged()).toEqual([]));
    expect(await stored()).toMatchObject([
      { title: 'New', applications: applied('2026-11-20T10:01:00Z') },
    ]);
  });

  it('deletes a change request that another replica writes once more', async () => {
    const one = await startReplica();
    one.put(record());
    await eventually(async () => expect(await stored()).toHaveLength(1));
    const other = await startReplica();

    one.remove(1);
    await eventually(async () => expect(await stored()).toHaveLength(0));
    other.put(record({ title: 'Late' }));
    await eventually(async () => expect(await stored()).toHaveLength(1));
    one.put(record({ number: 2 }));
    one.recall(record());

    await eventually(async () =>
      expect(await stored()).toMatchObject([{ number: 2 }]),
    );
    expect(one.get(1)).toBeUndefined();
  });

  it('reads everything at the next start', async () => {
    const one = await startReplica();
    one.put(record());
    one.put(record({ number: 2 }));
    await eventually(async () => expect(await stored()).toHaveLength(2));

    const next = await startReplica();

    expect(next.all().map(({ number }) => number)).toEqual([1, 2]);
  });
});
