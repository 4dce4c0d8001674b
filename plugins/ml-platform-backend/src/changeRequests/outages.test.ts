import { ServiceUnavailableError } from '@backstage/errors';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import {
  ChangeRequestSuite,
  eventually,
  history,
} from './__testUtils__/ChangeRequestSuite';

const databases = testDatabase();

describe('change requests during outages', () => {
  let suite: ChangeRequestSuite;

  beforeEach(async () => {
    suite = await ChangeRequestSuite.create(databases);
  });
  afterEach(() => suite.stop());

  it('are shown as last known while the forge is down, also after a restart', async () => {
    await suite.start();
    const { number } = await suite.changeDev('a: 2\n');
    const merged = await suite.merge(number);
    suite.deploy('dev', {
      history: history(merged),
      health: { status: 'Healthy' },
    });
    const before = await eventually(
      () => suite.read(number),
      detail => expect(detail?.step).toBe('done'),
    );
    await eventually(
      () => suite.written(number),
      record =>
        expect(record?.applications).toMatchObject([
          { healthy: { state: 'passed' } },
        ]),
    );
    await suite.platform.stop();
    suite.kubernetes.objects = [];
    const stoppedAt = new Date().toISOString();

    let isDown = true;
    const unlessDown = async <T>(ask: () => Promise<T>) => {
      if (isDown) {
        throw new ServiceUnavailableError('The forge cannot be reached.');
      }
      return ask();
    };
    const { forge: real } = suite.forge;
    await suite.start(undefined, {
      listPullRequests: options =>
        unlessDown(() => real.listPullRequests(options)),
      listChangedPaths: pull => unlessDown(() => real.listChangedPaths(pull)),
      listChecks: commit => unlessDown(() => real.listChecks(commit)),
      listReviews: pull => unlessDown(() => real.listReviews(pull)),
    });
    const after = await eventually(
      () => suite.read(number),
      detail => expect(detail?.freshness.stale).toBe(true),
    );
    expect(after?.steps).toEqual(before?.steps);
    expect(after?.freshness).toMatchObject({
      asOf: expect.any(String),
      problems: [
        {
          source: 'Forge',
          kind: 'unreachable',
          message: 'The forge cannot be reached.',
        },
      ],
    });
    expect(after!.freshness.asOf! <= stoppedAt).toBe(true);
    expect((await suite.list()).freshness).toMatchObject({ stale: true });

    isDown = false;
    const again = await eventually(
      () => suite.read(number),
      detail => expect(detail?.freshness.stale).toBe(false),
    );
    expect(again?.steps).toEqual(before?.steps);
  });

  it('are tracked while the database fails, and written afterwards', async () => {
    await suite.start();
    await suite.database.schema.renameTable('change_requests', 'elsewhere');
    const { number } = await suite.changeDev('a: 2\n');
    const detail = await eventually(
      () => suite.read(number),
      found => expect(found?.freshness.problems).toHaveLength(1),
    );
    expect(detail).toMatchObject({
      state: 'open',
      freshness: {
        stale: true,
        problems: [{ source: "The portal's database", kind: 'failed' }],
      },
    });
    await suite.database.schema.renameTable('elsewhere', 'change_requests');
    await eventually(
      () => suite.written(number),
      record => expect(record).toMatchObject({ number, state: 'open' }),
    );
    await eventually(
      () => suite.read(number),
      found => expect(found?.freshness.problems).toEqual([]),
    );
  });
});
