import { RUN_LABEL } from '@internal/plugin-ml-platform-common';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import {
  RunSuite,
  at,
  find,
  list,
  names,
  runJob,
  runPod,
  succeeded,
} from './__testUtils__/RunSuite';

const databases = testDatabase();

describe('lists of training runs', () => {
  let suite: RunSuite;

  beforeEach(async () => {
    suite = await RunSuite.create(databases);
  });
  afterEach(() => suite.stopAll());

  it('merges history and cluster: filtered, sorted, paged and counted alike', async () => {
    const jobs = Array.from({ length: 9 }, (_, index) =>
      runJob(
        `run-${index}`,
        index % 3 === 0
          ? {
              startTime: at(index),
              failed: 1,
              conditions: [
                {
                  type: 'Failed',
                  status: 'True',
                  lastTransitionTime: at(index + 20 - index * 2),
                },
              ],
            }
          : succeeded(index, index + 20 - index * 2),
        index < 4 ? { labels: { [RUN_LABEL]: 'x' } } : {},
      ),
    );
    suite.kubernetes.objects.push(...jobs);
    const platform = await suite.start();
    await Promise.all(jobs.map(job => suite.recorded(`${job.metadata.uid}`)));
    const gone = jobs.filter((_, index) => index % 2 === 1);
    suite.remove(...gone);
    await Promise.all(
      gone.map(job =>
        suite.recorded(`${job.metadata.uid}`, {
          removed_at: expect.any(String),
        }),
      ),
    );
    const all = jobs.map(({ metadata }) => metadata.name);
    const newest = [...all].reverse();

    expect(await names(platform)).toEqual(newest);
    expect(await names(platform, 'order=asc')).toEqual(all);
    // The later it started, the shorter it took.
    expect(await names(platform, 'sort=duration')).toEqual(all);
    expect(await names(platform, 'sort=name')).toEqual(newest);
    for (let offset = 0; offset < 10; offset += 1) {
      expect(await names(platform, `offset=${offset}&limit=2`)).toEqual(
        newest.slice(offset, offset + 2),
      );
    }
    expect(await names(platform, 'workload=churn')).toEqual(newest.slice(0, 5));
    expect(await names(platform, 'search=RUN-3')).toEqual(['run-3']);
    expect(await names(platform, 'search=%25')).toEqual([]);
    expect(await names(platform, 'environment=prod')).toEqual([]);
    expect(await names(platform, 'state=Failed')).toEqual([
      'run-6',
      'run-3',
      'run-0',
    ]);
    expect(await list(platform, 'state=Failed&limit=1&offset=1')).toMatchObject(
      {
        items: [{ name: 'run-3' }],
        total: 3,
        counts: { Failed: 3, Succeeded: 6 },
      },
    );
    const { status } = await platform.get(
      'ml-engineer',
      '/teams/app-ml-team/runs?limit=1000',
    );
    expect(status).toBe(400);
  });

  it('shows nothing to another team, live or deleted', async () => {
    const job = runJob('churn-1', succeeded(0, 10));
    const live = runJob('churn-2', succeeded(0, 10));
    suite.kubernetes.objects.push(job, live);
    const platform = await suite.start();
    await suite.recorded('uid-churn-1');
    suite.remove(job);
    await suite.recorded('uid-churn-1', { removed_at: expect.any(String) });

    const answers = await Promise.all(
      [
        '/teams/app-ml-team/runs',
        '/teams/app-ml-team/runs/uid-churn-1',
        '/teams/app-ml-team/runs/uid-churn-2',
        '/teams/app-data-team/runs/uid-churn-1',
        '/teams/app-data-team/runs/uid-churn-2',
        '/teams/nothing/runs',
      ].map(path => platform.get('data-engineer', path)),
    );

    for (const { status, body } of answers) {
      expect(status).toBe(404);
      expect(body.error).toEqual(answers[0].body.error);
    }
    expect(
      (await list(platform, '', 'app-data-team', 'data-engineer')).total,
    ).toBe(0);
  });

  it.each([-10, 0, 10])(
    'measures an active run by the clock of its cluster, %d minutes ahead',
    async minutes => {
      const skew = minutes * 60_000;
      const clusterTime = (secondsAgo: number) =>
        `${new Date(Date.now() + skew - secondsAgo * 1000)
          .toISOString()
          .slice(0, 19)}Z`;
      suite.kubernetes.clockAheadMs = skew;
      const old = runJob('old', {
        startTime: clusterTime(3_600),
        active: 1,
      });
      const fresh = runJob('fresh', { startTime: clusterTime(0), active: 1 });
      suite.kubernetes.objects.push(
        old,
        fresh,
        runPod('old-a', old, 'Running', {
          running: { startedAt: clusterTime(1_800) },
        }),
      );
      const platform = await suite.start();

      const { items } = await list(platform, 'sort=duration');

      expect(items.map(({ name, state }) => [name, state])).toEqual([
        ['old', 'Running'],
        ['fresh', 'Pending'],
      ]);
      expect(items[0].durationSeconds).toBeGreaterThanOrEqual(3_597);
      expect(items[0].durationSeconds).toBeLessThan(3_630);
      expect(items[0].gpuHours).toBeGreaterThan(0.99);
      expect(items[0].gpuHours).toBeLessThan(1.02);
      expect(items[1].durationSeconds).toBeLessThan(30);
    },
  );

  it('shows live runs while the database is down, with a problem', async () => {
    suite.kubernetes.objects.push(runJob('churn-1', succeeded(0, 10)));
    const platform = await suite.start();
    await suite.recorded('uid-churn-1');
    await suite.database.schema.renameTable('runs', 'elsewhere');

    const { items, freshness } = await list(platform);
    const gone = await platform.get(
      'ml-engineer',
      '/teams/app-ml-team/runs/uid-gone',
    );

    expect(items).toMatchObject([{ name: 'churn-1', live: true }]);
    expect(freshness).toMatchObject({
      stale: true,
      problems: [{ source: 'Database', kind: 'unreachable' }],
    });
    expect(gone.status).toBe(503);
    expect((await find(platform, 'uid-churn-1')).name).toBe('churn-1');
    await suite.database.schema.renameTable('elsewhere', 'runs');
    expect((await list(platform)).freshness.stale).toBe(false);
  });
});
