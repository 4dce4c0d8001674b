import { object, pod, template } from '../__testUtils__/scorer';
import { startWorkloadPlatform } from './__testUtils__/workloadPlatform';
import { warningEvent } from './__testUtils__/workloadObjects';

const waitingPod = (message: string) => {
  const each = pod('scorer-a', {
    phase: 'Pending',
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: `0/3 nodes are available: ${message}`,
      },
    ],
  });
  each.spec = {
    ...template.spec,
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
  };
  return each;
};
const claim = (phase: string) => {
  const each = object('v1', 'PersistentVolumeClaim', 'data', {
    spec: {
      storageClassName: 'fast',
      resources: { requests: { storage: '20Gi' } },
    },
    status: { phase },
  });
  each.metadata.uid = 'claim';
  return each;
};
const unbound = 'pod has unbound immediate PersistentVolumeClaims.';

describe('health of a pod whose PersistentVolumeClaim is not bound', () => {
  const platform = startWorkloadPlatform();

  it.each([
    [
      'Pending',
      unbound,
      'storageclass.storage.k8s.io "fast" not found',
      'storageclass.storage.k8s.io "fast" not found.',
    ],
    [
      'Pending',
      unbound,
      'no volume plugin matched name: kubernetes.io/no-provisioner',
      'its storage class makes no volumes, and no existing one fits.',
    ],
    [
      'Lost',
      'persistentvolumeclaim "data" bound to non-existent persistentvolume "gone". not found',
      'Bound claim has lost its PersistentVolume',
      'its volume no longer exists.',
    ],
  ])('%s, %s', async (phase, scheduling, provisioning, text) => {
    const each = claim(phase);
    const [{ health }] = (
      await platform.read([
        waitingPod(scheduling),
        each,
        warningEvent(each, 'ProvisioningFailed', provisioning),
      ])
    ).environments;

    expect(health).toMatchObject({
      state: 'degraded',
      reasons: [
        {
          code: 'volume',
          text: `The PersistentVolumeClaim data (20 GiB, storage class fast) is not bound: ${text} Check the storage class and the size.`,
          object: { kind: 'PersistentVolumeClaim', name: 'data' },
        },
      ],
    });
  });
});
