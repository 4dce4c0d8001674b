import { kueueWorkloadSchema } from '@internal/plugin-ml-platform-node';
import { queueReason } from './queueReason';

describe('queueReason', () => {
  const position = { queue: 'app-ml-team', position: 2, length: 5 };
  const workload = (message: string, reason = 'Pending', spec = {}) =>
    kueueWorkloadSchema.parse({
      metadata: { name: 'job-train' },
      spec: { queueName: 'app-ml-team', ...spec },
      status: {
        conditions: [
          { type: 'QuotaReserved', status: 'False', reason, message },
        ],
      },
    });
  it.each([
    [
      "couldn't assign flavors to pod set main: insufficient unused quota for nvidia.com/gpu in flavor gpu, 2 more needed",
      'Waiting for 2 more free GPUs (gpu).',
    ],
    [
      "couldn't assign flavors to pod set main: insufficient unused quota for cpu in flavor a100, 2 more needed, insufficient unused quota for memory in flavor a100, 2Gi more needed",
      'Waiting for 2 more free CPUs (a100) and 2 GiB more free memory (a100).',
    ],
    [
      "couldn't assign flavors to pod set main: insufficient unused quota for cpu in flavor default, 5 more needed. Pending the preemption of 1 workload(s)",
      'Waiting for the preemption of 1 run of lower priority.',
    ],
    [
      "couldn't assign flavors to pod set main: insufficient quota for nvidia.com/gpu in flavor gpu, previously considered podsets requests (0) + current podset request (16) > maximum capacity (8)",
      'It can never start: it requests 16 GPUs, and the queue has 8 in total. Request less.',
    ],
    [
      "couldn't assign flavors to pod set main: insufficient quota for nvidia.com/gpu in flavor gpu, request > maximum capacity (24 > 16)",
      'It can never start: it requests 24 GPUs, and the queue has 16 in total. Request less.',
    ],
    [
      "LocalQueue app-mll doesn't exist",
      "LocalQueue app-mll doesn't exist. Correct the queue name.",
    ],
    [
      'ClusterQueue app-ml-team is inactive',
      'The queue is not active: it is stopped, or something that it refers to is missing. Contact the platform team.',
    ],
    [
      'LocalQueue app-ml-team is stopped',
      'The queue is stopped. Contact the platform team.',
    ],
    [
      'waiting for all admitted workloads to be in PodsReady condition',
      'Waiting until the pods of earlier runs are ready.',
    ],
    ['', 'Waiting for its turn.'],
  ])('%s', (message, text) => {
    expect(queueReason(workload(message), position)).toEqual({
      code: 'queue',
      text: `Position 2 of 5 in the queue app-ml-team. ${text}`,
    });
  });

  it('reports a workload that was removed from the queue', () => {
    expect(
      queueReason(workload('', 'Inadmissible', { active: false }), undefined)
        .text,
    ).toBe('Removed from the queue. Submit it again as a new run.');
  });

  it('names the admission checks that are pending after the quota is reserved', () => {
    const reserved = kueueWorkloadSchema.parse({
      metadata: { name: 'job-train' },
      status: {
        conditions: [{ type: 'QuotaReserved', status: 'True' }],
        admissionChecks: [
          { name: 'dws-prov', state: 'Pending', message: 'Provisioning nodes' },
        ],
      },
    });
    expect(queueReason(reserved, undefined).text).toBe(
      'Quota is reserved; waiting for the admission check dws-prov: Provisioning nodes.',
    );
  });

  const waiting = (status: object) =>
    queueReason(
      kueueWorkloadSchema.parse({
        metadata: { name: 'job-train' },
        spec: { queueName: 'app-ml-team' },
        status,
      }),
      undefined,
    ).text;
  const condition = (type: string, status: string, reason: string) => ({
    type,
    status,
    reason,
  });

  it.each([
    [
      [
        condition('Evicted', 'True', 'Preempted'),
        condition('Preempted', 'True', 'InCohortReclamation'),
      ],
      'It was stopped because another queue took back the resources that it had lent.',
    ],
    [
      [condition('Evicted', 'True', 'PodsReadyTimeout')],
      'It was stopped because its pods were not ready in time.',
    ],
    [
      [condition('Evicted', 'True', 'LocalQueueStopped')],
      'It was stopped because the queue was stopped.',
    ],
    [
      [condition('Evicted', 'True', 'Surprise')],
      'It was stopped after it had started (Surprise).',
    ],
  ])('says why a workload waits again: %j', (conditions, text) => {
    expect(waiting({ conditions })).toBe(
      `Waiting in the queue app-ml-team. ${text} Waiting for its turn.`,
    );
  });

  it('waits since its last eviction, the reservation of quota, or its creation', () => {
    const since = (...conditions: object[]) =>
      queueReason(
        kueueWorkloadSchema.parse({
          metadata: {
            name: 'job-train',
            creationTimestamp: '2026-11-28T09:00:00Z',
          },
          status: { conditions },
        }),
        undefined,
      ).since;
    const evicted = {
      ...condition('Evicted', 'True', 'Preempted'),
      lastTransitionTime: '2026-11-28T10:00:00Z',
    };
    const reserved = {
      ...condition('QuotaReserved', 'True', 'QuotaReserved'),
      lastTransitionTime: '2026-11-28T11:00:00Z',
    };
    expect(since({ ...reserved, status: 'False' })).toBe(
      '2026-11-28T09:00:00Z',
    );
    expect(since(evicted)).toBe('2026-11-28T10:00:00Z');
    expect(since(evicted, reserved)).toBe('2026-11-28T11:00:00Z');
  });

  it('says when a workload returns to the queue', () => {
    expect(
      waiting({
        conditions: [
          condition('Evicted', 'True', 'PodsReadyTimeout'),
          condition('Requeued', 'False', 'PodsReadyTimeout'),
        ],
        requeueState: { count: 2, requeueAt: '2026-11-28T10:00:00Z' },
      }),
    ).toBe(
      'Waiting in the queue app-ml-team. It was stopped because its pods were not ready in time. It returns to the queue at 28 Nov 2026, 10:00 UTC (attempt 3). Waiting for its turn.',
    );
  });

  it.each([
    [
      'Rejected',
      'Rejected by the admission check p: no. Contact the platform team.',
    ],
    ['Retry', 'Quota is reserved; Kueue will retry the admission check p: no.'],
    ['Pending', 'Quota is reserved; waiting for the admission check p: no.'],
  ])('describes the state %s of an admission check', (state, text) => {
    expect(
      waiting({
        conditions: [condition('QuotaReserved', 'True', 'QuotaReserved')],
        admissionChecks: [{ name: 'p', state, message: 'no' }],
      }),
    ).toBe(text);
  });
});
