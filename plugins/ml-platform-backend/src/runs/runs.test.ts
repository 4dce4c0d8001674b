import {
  KUBERNETES_ID_LABEL,
  runDetailSchema,
  runsSchema,
  RUN_LABEL,
} from '@internal/plugin-ml-platform-common';
import {
  FakeKubernetes,
  fakeObjects,
  testDatabase,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';
import type { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { NAMESPACE, object, template } from '../__testUtils__/scorer';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

const databases = testDatabase();

// Writes come every few seconds, and on PostgreSQL a writer has to be found first.
jest.setTimeout(30_000);

type Platform = Awaited<ReturnType<typeof startMlPlatform>>;

const at = (minutes: number) =>
  new Date(Date.UTC(2026, 10, 20, 10, minutes))
    .toISOString()
    .replace('.000Z', 'Z');

const runJob = (
  name: string,
  status: Record<string, unknown>,
  metadata: Record<string, unknown> = {},
): FakeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: {
    name,
    namespace: NAMESPACE,
    uid: `uid-${name}`,
    creationTimestamp: at(0),
    labels: { [RUN_LABEL]: name, [KUBERNETES_ID_LABEL]: 'churn' },
    ...metadata,
  },
  spec: { template },
  status,
});

const runPod = (
  name: string,
  job: FakeObject,
  phase: string,
  state: Record<string, unknown>,
): FakeObject => ({
  ...object('v1', 'Pod', name, {
    spec: template.spec,
    status: {
      phase,
      containerStatuses: [{ name: 'server', ready: false, state }],
    },
  }),
  metadata: {
    name,
    namespace: NAMESPACE,
    uid: `uid-${name}`,
    ownerReferences: [
      { kind: 'Job', name: job.metadata.name, uid: job.metadata.uid },
    ],
  },
});

const ended = (exitCode: number, from: number, to: number) => ({
  terminated: { exitCode, startedAt: at(from), finishedAt: at(to) },
});

const succeeded = (from: number, to: number, failed = 0) => ({
  startTime: at(from),
  completionTime: at(to),
  succeeded: 1,
  failed,
  conditions: [{ type: 'Complete', status: 'True' }],
});

const running = (from: number, failed = 0) => ({
  startTime: at(from),
  active: 1,
  failed,
});

describe('training runs', () => {
  let kubernetes: FakeKubernetes;
  let database: Knex;
  let platforms: Platform[];

  const start = async (options: { config?: object } = {}) => {
    const platform = await startMlPlatform({
      kubernetes,
      database,
      ...(options as object),
    });
    platforms.push(platform);
    return platform;
  };
  const stop = async (platform: Platform) => {
    platforms.splice(platforms.indexOf(platform), 1);
    await platform.stop();
  };
  const list = async (
    platform: Platform,
    query = '',
    team = 'app-ml-team',
    person = 'ml-engineer',
  ) => {
    const { status, body } = await platform.get(
      person,
      `/teams/${team}/runs?${query}`,
    );
    expect(status).toBe(200);
    return runsSchema.parse(body);
  };
  const names = async (platform: Platform, query = '') =>
    (await list(platform, query)).items.map(({ name }) => name);
  const find = async (platform: Platform, id: string) => {
    const { status, body } = await platform.get(
      'ml-engineer',
      `/teams/app-ml-team/runs/${id}`,
    );
    expect(status).toBe(200);
    return runDetailSchema.parse(body);
  };
  const remove = (...removed: FakeObject[]) => {
    kubernetes.objects = kubernetes.objects.filter(
      each =>
        !removed.some(({ metadata }) => metadata.uid === each.metadata.uid),
    );
  };
  /** Until the writer has written what the cluster has. */
  const recorded = (id: string, expected: Record<string, unknown> = {}) =>
    eventually(async () =>
      expect(await database('runs').where({ id }).first()).toEqual(
        expect.objectContaining(expected),
      ),
    );

  beforeEach(async () => {
    database = await databases.init();
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      fakeObjects.namespace('app-data-team', 'dev', 'app-data-team-dev'),
    ];
    platforms = [];
  });
  afterEach(async () => {
    await Promise.all(platforms.map(platform => platform.stop()));
    await kubernetes.stop();
  });

  it('remembers a run when its Job and its pods are gone', async () => {
    const job = runJob('churn-1', succeeded(0, 90, 1));
    const pods = [
      runPod('churn-1-a', job, 'Failed', ended(137, 0, 30)),
      runPod('churn-1-b', job, 'Succeeded', ended(0, 30, 90)),
    ];
    kubernetes.objects.push(job, ...pods);
    const platform = await start();
    const expected = {
      id: 'uid-churn-1',
      name: 'churn-1',
      run: 'churn-1',
      team: 'app-ml-team',
      workload: 'churn',
      environment: 'dev',
      cluster: 'sandbox',
      namespace: NAMESPACE,
      state: 'Succeeded',
      startedAt: at(0),
      endedAt: at(90),
      durationSeconds: 5_400,
      gpus: 2,
      gpuHours: 3,
      retries: 1,
      exitCode: 0,
    };

    const [before] = (await list(platform)).items;
    expect(before).toMatchObject({ ...expected, live: true });
    await recorded('uid-churn-1');
    remove(job, ...pods);
    await recorded('uid-churn-1', { removed_at: expect.any(String) });

    const [after] = (await list(platform)).items;
    expect(after).toMatchObject({ ...expected, live: false });
    expect((await find(platform, 'uid-churn-1')).attempts).toMatchObject([
      { pod: 'churn-1-a', phase: 'Failed', exitCode: 137, gpuHours: 1 },
      { pod: 'churn-1-b', phase: 'Succeeded', exitCode: 0, gpuHours: 2 },
    ]);
  });

  it('counts what pods used that are gone before the run ends, also after a restart', async () => {
    const job = runJob('churn-1', running(0, 1));
    const first = runPod('churn-1-a', job, 'Failed', ended(1, 0, 30));
    kubernetes.objects.push(job, first);
    let platform = await start();
    await recorded('uid-churn-1');
    remove(first);
    kubernetes.objects.push(
      runPod('churn-1-b', job, 'Succeeded', ended(0, 40, 70)),
    );

    expect(await list(platform)).toMatchObject({
      items: [{ gpuHours: 2, retries: 1, exitCode: 1 }],
    });
    await recorded('uid-churn-1', {
      pods: expect.stringContaining('uid-churn-1-b'),
    });
    await stop(platform);
    platform = await start();

    await eventually(async () =>
      expect(await list(platform)).toMatchObject({ items: [{ gpuHours: 2 }] }),
    );
  });

  it('calls a run removed when its Job goes before it ended, seen or not', async () => {
    const seen = runJob('seen', running(0));
    const unseen = runJob('unseen', running(0));
    const finished = runJob('finished', succeeded(0, 10));
    kubernetes.objects.push(seen, unseen, finished);
    let platform = await start();
    await recorded('uid-seen');
    await recorded('uid-unseen');
    remove(seen);
    await recorded('uid-seen', { state: 'Removed' });
    await stop(platform);
    remove(unseen, finished);
    platform = await start();
    await recorded('uid-unseen', { state: 'Removed' });

    const { items, counts, total } = await list(
      platform,
      'sort=name&order=asc',
    );

    expect(
      items.map(({ name, state, live, reason }) => [name, state, live, reason]),
    ).toEqual([
      ['finished', 'Succeeded', false, undefined],
      ['seen', 'Removed', false, 'Its Job was deleted before it ended.'],
      [
        'unseen',
        'Removed',
        false,
        'Its Job was gone when the portal looked again.',
      ],
    ]);
    expect(total).toBe(3);
    expect(counts).toEqual({
      Pending: 0,
      Running: 0,
      Suspended: 0,
      Succeeded: 1,
      Failed: 0,
      Removed: 2,
    });
  });

  it('keeps to Jobs that are runs, those of CronJobs included, with the workload of the CronJob', async () => {
    const cronJob = fakeObjects.ofWorkload(
      'nightly',
      object('batch/v1', 'CronJob', 'nightly', {
        spec: { schedule: '0 2 * * *', jobTemplate: { spec: { template } } },
      }),
    );
    kubernetes.objects.push(
      cronJob,
      runJob('migration', succeeded(0, 1), { labels: {} }),
      runJob('nightly-1', succeeded(0, 1), {
        labels: {},
        ownerReferences: [
          { kind: 'CronJob', name: 'nightly', uid: cronJob.metadata.uid },
        ],
      }),
      runJob('theirs', succeeded(0, 1), { namespace: 'app-data-team-dev' }),
      runJob('nobodys', succeeded(0, 1), { namespace: 'kube-system' }),
    );
    const platform = await start();

    expect((await list(platform)).items).toMatchObject([
      { name: 'nightly-1', scheduledBy: 'nightly', workload: 'nightly' },
    ]);
    await recorded('uid-theirs');
    expect(await database('runs').pluck('id')).toEqual(
      expect.not.arrayContaining(['uid-migration', 'uid-nobodys']),
    );
  });

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
    kubernetes.objects.push(...jobs);
    const platform = await start();
    await Promise.all(jobs.map(job => recorded(`${job.metadata.uid}`)));
    const gone = jobs.filter((_, index) => index % 2 === 1);
    remove(...gone);
    await Promise.all(
      gone.map(job =>
        recorded(`${job.metadata.uid}`, { removed_at: expect.any(String) }),
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

  it('shows nothing to another team, live or gone', async () => {
    const job = runJob('churn-1', succeeded(0, 10));
    const live = runJob('churn-2', succeeded(0, 10));
    kubernetes.objects.push(job, live);
    const platform = await start();
    await recorded('uid-churn-1');
    remove(job);
    await recorded('uid-churn-1', { removed_at: expect.any(String) });

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
    'measures a run that goes on by the clock of its cluster, %d minutes ahead',
    async minutes => {
      const skew = minutes * 60_000;
      const clusterTime = (secondsAgo: number) =>
        `${new Date(Date.now() + skew - secondsAgo * 1000)
          .toISOString()
          .slice(0, 19)}Z`;
      kubernetes.clockAheadMs = skew;
      const old = runJob('old', {
        startTime: clusterTime(3_600),
        active: 1,
      });
      const fresh = runJob('fresh', { startTime: clusterTime(0), active: 1 });
      kubernetes.objects.push(
        old,
        fresh,
        runPod('old-a', old, 'Running', {
          running: { startedAt: clusterTime(1_800) },
        }),
      );
      const platform = await start();

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

  it('shows live runs while the database is down, and says what is missing', async () => {
    kubernetes.objects.push(runJob('churn-1', succeeded(0, 10)));
    const platform = await start();
    await recorded('uid-churn-1');
    await database.schema.renameTable('runs', 'elsewhere');

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
    await database.schema.renameTable('elsewhere', 'runs');
    expect((await list(platform)).freshness.stale).toBe(false);
  });

  it('forgets a run some time after its Job is gone, and never one that is there', async () => {
    const job = runJob('churn-1', succeeded(0, 10));
    const live = runJob('churn-2', succeeded(0, 10));
    kubernetes.objects.push(job, live);
    let platform = await start();
    await recorded('uid-churn-1');
    remove(job);
    await recorded('uid-churn-1', { removed_at: expect.any(String) });
    await stop(platform);
    await database('runs')
      .where('id', 'uid-churn-1')
      .update({
        removed_at: new Date(Date.now() - 31 * 86_400_000).toISOString(),
      });

    platform = await start({ config: { runs: { keepDays: 30 } } });

    await eventually(async () =>
      expect(await names(platform)).toEqual(['churn-2']),
    );
  });

  it('is read by every replica, whichever wrote it', async () => {
    const job = runJob('churn-1', succeeded(0, 10));
    kubernetes.objects.push(job);
    const going = runJob('going', running(0, 1));
    const failed = runPod('going-a', going, 'Failed', ended(1, 0, 30));
    kubernetes.objects.push(going, failed);
    const first = await start();
    await recorded('uid-churn-1');
    await recorded('uid-going', { gpu_seconds: expect.anything() });
    remove(failed);
    await list(first);
    const second = await start();
    await eventually(async () =>
      expect(await find(second, 'uid-going')).toMatchObject({ gpuHours: 1 }),
    );
    remove(going);
    remove(job);
    await recorded('uid-churn-1', { removed_at: expect.any(String) });

    await recorded('uid-going', { state: 'Removed' });
    expect(await list(second)).toMatchObject({
      items: [
        { name: 'going', live: false, gpuHours: 1 },
        { name: 'churn-1', live: false },
      ],
    });
    await stop(first);
    kubernetes.objects.push(runJob('churn-2', succeeded(20, 30)));

    // The other one writes now.
    await recorded('uid-churn-2');
    expect(await names(second)).toEqual(['churn-2', 'going', 'churn-1']);
  });
});
