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
});
