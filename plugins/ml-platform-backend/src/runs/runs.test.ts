import { activeRunsSchema } from '@internal/plugin-ml-platform-common';
import {
  fakeObjects,
  testDatabase,
  eventually,
} from '@internal/plugin-ml-platform-node/testing';
import { NAMESPACE, object, template } from '../__testUtils__/scorer';
import {
  RunSuite,
  at,
  ended,
  find,
  list,
  names,
  runJob,
  runPod,
  running,
  succeeded,
} from './__testUtils__/RunSuite';

const databases = testDatabase();

describe('training runs', () => {
  let suite: RunSuite;

  beforeEach(async () => {
    suite = await RunSuite.create(databases);
  });
  afterEach(() => suite.stopAll());

  it('keeps a run after its Job and its pods are deleted', async () => {
    const job = runJob('churn-1', succeeded(0, 90, 1));
    const pods = [
      runPod('churn-1-a', job, 'Failed', ended(137, 0, 30)),
      runPod('churn-1-b', job, 'Succeeded', ended(0, 30, 90)),
    ];
    suite.kubernetes.objects.push(job, ...pods);
    const platform = await suite.start();
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
    await suite.recorded('uid-churn-1');
    suite.remove(job, ...pods);
    await suite.recorded('uid-churn-1', { removed_at: expect.any(String) });

    const [after] = (await list(platform)).items;
    expect(after).toMatchObject({ ...expected, live: false });
    expect((await find(platform, 'uid-churn-1')).attempts).toMatchObject([
      { pod: 'churn-1-a', phase: 'Failed', exitCode: 137, gpuHours: 1 },
      { pod: 'churn-1-b', phase: 'Succeeded', exitCode: 0, gpuHours: 2 },
    ]);
  });

  it('lists the runs of all teams that have not ended, waiting ones first, to those who may see them', async () => {
    suite.kubernetes.objects.push(
      runJob('running', running(0, 1)),
      runJob('waiting', running(5, 0)),
      runJob('ended', succeeded(0, 10)),
    );
    const platform = await suite.start();
    const active = async (person: string) => {
      const { status, body } = await platform.get(person, '/runs');
      expect(status).toBe(200);
      return activeRunsSchema.parse(body);
    };

    await eventually(async () => {
      const { items, total } = await active('ml-engineer');
      expect(items.map(({ name }) => name).sort()).toEqual([
        'running',
        'waiting',
      ]);
      expect(total).toBe(2);
    });
    expect(await active('data-engineer')).toMatchObject({
      items: [],
      total: 0,
    });
  });

  it('counts the use of pods that are deleted before the run ends, also after a restart', async () => {
    const job = runJob('churn-1', running(0, 1));
    const first = runPod('churn-1-a', job, 'Failed', ended(1, 0, 30));
    suite.kubernetes.objects.push(job, first);
    let platform = await suite.start();
    await suite.recorded('uid-churn-1');
    suite.remove(first);
    suite.kubernetes.objects.push(
      runPod('churn-1-b', job, 'Succeeded', ended(0, 40, 70)),
    );

    expect(await list(platform)).toMatchObject({
      items: [{ gpuHours: 2, retries: 1, exitCode: 1 }],
    });
    await suite.recorded('uid-churn-1', {
      pods: expect.stringContaining('uid-churn-1-b'),
    });
    await suite.stop(platform);
    platform = await suite.start();

    await eventually(async () =>
      expect(await list(platform)).toMatchObject({ items: [{ gpuHours: 2 }] }),
    );
  });

  it('marks a run as removed when its Job is deleted before it ended, seen or not', async () => {
    const seen = runJob('seen', running(0));
    const unseen = runJob('unseen', running(0));
    const finished = runJob('finished', succeeded(0, 10));
    suite.kubernetes.objects.push(seen, unseen, finished);
    let platform = await suite.start();
    await suite.recorded('uid-seen');
    await suite.recorded('uid-unseen');
    suite.remove(seen);
    await suite.recorded('uid-seen', { state: 'Removed' });
    await suite.stop(platform);
    suite.remove(unseen, finished);
    platform = await suite.start();
    await suite.recorded('uid-unseen', { state: 'Removed' });

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

  it('records only Jobs that are runs, those of CronJobs with the workload of the CronJob', async () => {
    const cronJob = fakeObjects.ofWorkload(
      'nightly',
      object('batch/v1', 'CronJob', 'nightly', {
        spec: { schedule: '0 2 * * *', jobTemplate: { spec: { template } } },
      }),
    );
    suite.kubernetes.objects.push(
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
    const platform = await suite.start();

    expect((await list(platform)).items).toMatchObject([
      { name: 'nightly-1', scheduledBy: 'nightly', workload: 'nightly' },
    ]);
    await suite.recorded('uid-theirs');
    expect(await suite.database('runs').pluck('id')).toEqual(
      expect.not.arrayContaining(['uid-migration', 'uid-nobodys']),
    );
  });

  it('deletes a run some time after its Job is deleted, and never one whose Job exists', async () => {
    const job = runJob('churn-1', succeeded(0, 10));
    const live = runJob('churn-2', succeeded(0, 10));
    suite.kubernetes.objects.push(job, live);
    let platform = await suite.start();
    await suite.recorded('uid-churn-1');
    suite.remove(job);
    await suite.recorded('uid-churn-1', { removed_at: expect.any(String) });
    await suite.stop(platform);
    await suite
      .database('runs')
      .where('id', 'uid-churn-1')
      .update({
        removed_at: new Date(Date.now() - 31 * 86_400_000).toISOString(),
      });

    platform = await suite.start({ config: { runs: { keepDays: 30 } } });

    await eventually(async () =>
      expect(await names(platform)).toEqual(['churn-2']),
    );
  });

  it('is read by every replica, whichever wrote it', async () => {
    const job = runJob('churn-1', succeeded(0, 10));
    suite.kubernetes.objects.push(job);
    const going = runJob('going', running(0, 1));
    const failed = runPod('going-a', going, 'Failed', ended(1, 0, 30));
    suite.kubernetes.objects.push(going, failed);
    const first = await suite.start();
    await suite.recorded('uid-churn-1');
    await suite.recorded('uid-going', { gpu_seconds: expect.anything() });
    suite.remove(failed);
    await list(first);
    const second = await suite.start();
    await eventually(async () =>
      expect(await find(second, 'uid-going')).toMatchObject({ gpuHours: 1 }),
    );
    suite.remove(going);
    suite.remove(job);
    await suite.recorded('uid-churn-1', { removed_at: expect.any(String) });

    await suite.recorded('uid-going', { state: 'Removed' });
    expect(await list(second)).toMatchObject({
      items: [
        { name: 'going', live: false, gpuHours: 1 },
        { name: 'churn-1', live: false },
      ],
    });
    await suite.stop(first);
    suite.kubernetes.objects.push(runJob('churn-2', succeeded(20, 30)));

    await suite.recorded('uid-churn-2');
    expect(await names(second)).toEqual(['churn-2', 'going', 'churn-1']);
  });
});
