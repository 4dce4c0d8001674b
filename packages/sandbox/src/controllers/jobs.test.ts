import { jobManifest } from '../__testUtils__/manifests';
import { TestCluster } from '../__testUtils__/TestCluster';

describe('Jobs', () => {
  let cluster: TestCluster;
  beforeEach(async () => {
    cluster = await TestCluster.create();
  });
  afterEach(() => cluster.remove());

  it('complete, and do not run again after a restart', async () => {
    cluster.apply(jobManifest({ spec: 'completions: 2\n  parallelism: 2' }));
    cluster.advance(10);
    expect(cluster.get('jobs', 'train')?.status).toMatchObject({
      active: 2,
      ready: 2,
    });
    cluster.advance(30);
    expect(cluster.get('jobs', 'train')?.status).toMatchObject({
      succeeded: 2,
      startTime: '2026-11-23T12:00:00Z',
      completionTime: '2026-11-23T12:00:31Z',
    });
    expect(cluster.conditions('jobs', 'train')).toEqual([
      'SuccessCriteriaMet=True CompletionsReached',
      'Complete=True CompletionsReached',
    ]);
    expect(cluster.events()).toContain('Completed: Job completed');

    const identities = () =>
      ['jobs', 'pods', 'events'].map(plural =>
        cluster
          .list(plural)
          .map(({ metadata: { name, uid, creationTimestamp } }) => [
            name,
            uid,
            creationTimestamp,
          ]),
      );
    const [job, before] = [cluster.get('jobs', 'train'), identities()];
    cluster = await cluster.restart();
    cluster.apply(jobManifest({ spec: 'completions: 2\n  parallelism: 2' }));
    cluster.advance(60);
    expect(cluster.get('jobs', 'train')).toEqual(job);
    expect(cluster.podStates()).toEqual(['Succeeded', 'Succeeded']);
    expect(identities()).toEqual(before);

    cluster.apply(jobManifest({ name: 'other' }));
    expect(cluster.get('jobs', 'other')?.status).toMatchObject({ active: 1 });
  });

  it('run again when they are removed and added again, also after a restart', async () => {
    cluster.apply(jobManifest({}));
    cluster.advance(40);
    const first = cluster.get('jobs', 'train');
    expect(first?.status).toMatchObject({ succeeded: 1 });
    cluster.store.delete(first!);
    cluster.advance(1);
    expect(cluster.list('pods')).toEqual([]);
    cluster = await cluster.restart();
    cluster.apply(jobManifest({}));
    expect(cluster.get('jobs', 'train')?.status).toMatchObject({ active: 1 });
    expect(cluster.get('jobs', 'train')?.metadata.uid).not.toBe(
      first?.metadata.uid,
    );
  });

  it('fail at their backoff limit', () => {
    cluster.apply(
      jobManifest({
        labels: ', simulation.ml-platform.io/outcome: fail',
      }),
    );
    cluster.advance(40);
    expect(cluster.get('jobs', 'train')?.status).toMatchObject({ failed: 1 });
    expect(cluster.get('jobs', 'train')?.status).not.toHaveProperty('active');
    expect(cluster.conditions('jobs', 'train')).toEqual([
      'FailureTarget=True BackoffLimitExceeded',
      'Failed=True BackoffLimitExceeded',
    ]);
    expect(cluster.list('pods')[0].status).toMatchObject({
      phase: 'Failed',
      containerStatuses: [{ state: { terminated: { exitCode: 1 } } }],
    });
    expect(cluster.events()).toContain(
      'BackoffLimitExceeded: Job has reached the specified backoff limit',
    );
  });

  it('end at their deadline, can be suspended, and are deleted after their TTL', () => {
    cluster.apply(
      jobManifest({
        name: 'slow',
        seconds: 600,
        spec: 'activeDeadlineSeconds: 20',
      }),
    );
    cluster.apply(jobManifest({ name: 'asleep', spec: 'suspend: true' }));
    cluster.apply(
      jobManifest({
        name: 'brief',
        seconds: 5,
        spec: 'ttlSecondsAfterFinished: 10',
      }),
    );
    cluster.advance(10);
    expect(cluster.conditions('jobs', 'brief')).toContain(
      'Complete=True CompletionsReached',
    );
    cluster.advance(15);
    expect(cluster.conditions('jobs', 'slow')).toContain(
      'Failed=True DeadlineExceeded',
    );
    expect(cluster.conditions('jobs', 'asleep')).toEqual([
      'Suspended=True JobSuspended',
    ]);
    expect(cluster.get('jobs', 'brief')).toBeUndefined();
    expect(cluster.list('pods')).toEqual([]);
  });

  it('are created by CronJobs on schedule, and deleted beyond the history limit', () => {
    const spec = jobManifest({ seconds: 20 })
      .split('spec:')
      .slice(1)
      .join('spec:')
      .replace(/\n/g, '\n    ');
    cluster.apply(`
apiVersion: batch/v1
kind: CronJob
metadata: {name: refresh}
spec:
  schedule: '*/5 * * * *'
  successfulJobsHistoryLimit: 2
  jobTemplate:
    spec:${spec}
`);
    cluster.advance(299);
    expect(cluster.list('jobs')).toEqual([]);
    cluster.advance(2);
    const minutes = Date.parse('2026-11-23T12:05:00Z') / 60_000;
    expect(cluster.list('jobs').map(({ metadata }) => metadata.name)).toEqual([
      `refresh-${minutes}`,
    ]);
    expect(cluster.get('cronjobs', 'refresh')?.status).toMatchObject({
      lastScheduleTime: '2026-11-23T12:05:00Z',
      active: [{ name: `refresh-${minutes}` }],
    });
    cluster.advance(1000);
    expect(cluster.list('jobs')).toHaveLength(2);
    expect(cluster.get('cronjobs', 'refresh')?.status).toEqual({
      lastScheduleTime: '2026-11-23T12:20:00Z',
      lastSuccessfulTime: '2026-11-23T12:20:21Z',
    });
    expect(cluster.events()).toEqual(
      expect.arrayContaining([
        `SuccessfulCreate: Created job refresh-${minutes}`,
        `SawCompletedJob: Saw completed job: refresh-${minutes}, condition: Complete`,
      ]),
    );
  });
});
