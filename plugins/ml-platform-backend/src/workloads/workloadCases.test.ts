import type { WorkloadSummary } from '@internal/plugin-ml-platform-common';
import { readCase } from '../__testUtils__/readCase';
import { startWorkloadPlatform } from './__testUtils__/workloadPlatform';

describe('cases from the field', () => {
  const platform = startWorkloadPlatform();
  const readWorkload = (name: string): Promise<WorkloadSummary> =>
    platform.read(readCase(name), `case-${name.slice(0, 2)}`);

  it.each([
    [
      '01-cuda-driver-too-old',
      'degraded',
      "Container server cannot start (7 restarts): the node's GPU driver is too old for the image, which needs CUDA 12.8 or newer. Use an image with an earlier CUDA version, or ask the platform team for nodes with a newer driver.",
      '2026-11-28T17:21:02Z',
    ],
    [
      '02-one-worker-of-four-pending',
      'waiting',
      '1 of 4 pods is not ready, 3 run. Requests 1 GPU, but no node fits: 3 of 3 nodes have too few free GPUs. Request fewer GPUs or wait until another workload releases some.',
      '2026-11-28T10:24:02Z',
    ],
    [
      '03-failed-indexes',
      'degraded',
      'Indexes 1 and 3 failed; 8 of 10 succeeded. Container train failed with exit code 1. Check its logs.',
      '2026-11-28T16:44:02Z',
    ],
    [
      '05-cronjob-unknown-time-zone',
      'degraded',
      'It never starts: the time zone Asia/Calcuta is unknown. Correct its name, for example Europe/Berlin.',
      '2026-11-28T16:44:02Z',
    ],
    [
      '07-cronjob-cannot-create-jobs',
      'waiting',
      'No Job can be started. Requests 1 job, but the quota in app-ml-team-dev allows 100 and 100 are in use. Request less, delete what you no longer need, or ask for more quota.',
      '2026-11-28T16:44:02Z',
    ],
    [
      '11-statefulset-pod-terminating-on-dead-node',
      'degraded',
      'The pod cannot be removed: its node is unreachable. Nothing replaces it until then. The node has to come back, or the platform team has to remove it.',
      '2026-11-28T16:39:02Z',
    ],
    [
      '12-sidecar-startup-probe',
      'degraded',
      'Sidecar otel fails its startup probe, so it is restarted (4 restarts): cat: /tmp/otel-ready: No such file or directory.',
      '2026-11-28T16:44:02Z',
    ],
    [
      '25-no-such-scheduler',
      'waiting',
      'No scheduler called volcano takes the pod. Correct schedulerName, or ask the platform team to run this scheduler.',
      '2026-11-28T07:24:02Z',
    ],
  ])('%s', async (name, state, text, since) => {
    const [{ health }] = (await readWorkload(name)).environments;

    expect(health.state).toBe(state);
    expect(health.reasons[0]).toMatchObject({ text, since });
  });

  it('09-statefulset-partition', async () => {
    const [{ health, rollouts }] = (
      await readWorkload('09-statefulset-partition')
    ).environments;

    expect(health).toEqual({ state: 'healthy', reasons: [] });
    expect(rollouts).toMatchObject([
      {
        state: 'complete',
        text: '2 of 5 pods run the new version, 5 are available. Rolled out as far as the partition 3 says.',
      },
    ]);
  });

  it("counts a Job's workers and indexes, and opens the logs of a pod that failed", async () => {
    const [running] = (await readWorkload('02-one-worker-of-four-pending'))
      .jobs;
    expect(running).toMatchObject({
      state: 'Running',
      workers: { total: 4, running: 3, pending: 1 },
      reasons: [{ code: 'no-free-gpu', count: 1, total: 4 }],
    });

    const [failed] = (await readWorkload('03-failed-indexes')).jobs;
    expect(failed).toMatchObject({
      state: 'Failed',
      indexes: { total: 10, succeeded: 8, failed: 2 },
      pod: expect.stringMatching(/^case-03-[13]-f$/),
      reasons: [{ count: 2, total: 10 }],
    });

    const [scheduled] = (await readWorkload('05-cronjob-unknown-time-zone'))
      .jobs;
    expect(scheduled).toMatchObject({
      schedule: '0 3 * * *',
      timeZone: 'Asia/Calcuta',
    });
  });
});
