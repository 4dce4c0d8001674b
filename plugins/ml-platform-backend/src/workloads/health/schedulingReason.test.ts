import type { HealthCode } from '@internal/plugin-ml-platform-common';
import { podSpecSchema } from '@internal/plugin-ml-platform-node';
import { requestedAmount } from './requestedAmount';
import { schedulingReason } from './schedulingReason';

/** A message of Kubernetes, and the code and text of the reason. */
type ReasonCase = [message: string, code: HealthCode, text: string];

const requested = requestedAmount(
  podSpecSchema.parse({
    containers: [
      {
        name: 'server',
        resources: {
          requests: { cpu: '1500m', memory: '8Gi' },
          limits: { 'nvidia.com/gpu': '8' },
        },
      },
      { name: 'proxy', resources: { requests: { cpu: '500m' } } },
    ],
  }),
);
const PREEMPTION =
  ' no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';

describe('schedulingReason', () => {
  it.each<ReasonCase>([
    [
      `0/3 nodes are available: 3 Insufficient nvidia.com/gpu.${PREEMPTION}`,
      'no-free-gpu',
      'Requests 8 GPUs, but no node fits: 3 of 3 nodes have too few free GPUs. Request fewer GPUs or wait until another workload releases some.',
    ],
    [
      '0/1 nodes are available: 1 Insufficient nvidia.com/gpu. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod..',
      'no-free-gpu',
      'Requests 8 GPUs, but no node fits: 1 of 1 node has too few free GPUs. Request fewer GPUs or wait until another workload releases some.',
    ],
    [
      `0/6 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu, 3 Insufficient nvidia.com/gpu.${PREEMPTION}`,
      'no-free-gpu',
      'Requests 8 GPUs, but no node fits: 1 of 6 nodes is reserved for other workloads (taint), 2 of 6 nodes have too little free CPU and 3 of 6 nodes have too few free GPUs. Request fewer GPUs or wait until another workload releases some.',
    ],
    [
      '0/4 nodes are available: 4 Insufficient nvidia.com/mig-1g.5gb.',
      'no-free-gpu',
      'No node fits: 4 of 4 nodes have too few free MIG 1g.5gb slices. Request fewer MIG 1g.5gb slices or wait until another workload releases some.',
    ],
    [
      '0/4 nodes are available: 1 node(s) had untolerated taint(s), 3 Insufficient cpu.',
      'insufficient-cpu',
      'Requests 2 CPUs, but no node fits: 1 of 4 nodes is reserved for other workloads (taint) and 3 of 4 nodes have too little free CPU. Request less or wait until another workload ends.',
    ],
    [
      '0/2 nodes are available: 2 Insufficient cpu, 2 Insufficient memory.',
      'insufficient-memory',
      'Requests 8 GiB memory, but no node fits: 2 of 2 nodes have too little free CPU and 2 of 2 nodes have too little free memory. Request less or wait until another workload ends.',
    ],
    [
      '0/2 nodes are available: 2 Insufficient ephemeral-storage.',
      'insufficient-resources',
      'No node fits: 2 of 2 nodes have too little free temporary disk space. Request less or wait until another workload ends.',
    ],
    [
      '0/5 nodes are available: 5 Too many pods.',
      'insufficient-resources',
      'No node fits: 5 of 5 nodes run the maximum number of pods. Wait until another workload ends or run fewer pods.',
    ],
    [
      '0/1 nodes are available: 1 node(s) had untolerated taint {gpu: }. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling..',
      'taints',
      'No node fits: 1 of 1 node is reserved for other workloads (taint gpu). Only workloads with a matching toleration run there. Choose another size or type of node, or ask the platform team.',
    ],
    [
      '0/3 nodes are available: 3 node(s) had untolerated taint {nvidia.com/gpu: present}.',
      'taints',
      'No node fits: 3 of 3 nodes are reserved for other workloads (taint nvidia.com/gpu=present). Only workloads with a matching toleration run there. Choose another size or type of node, or ask the platform team.',
    ],
    [
      "0/3 nodes are available: 3 node(s) had taints that the pod didn't tolerate.",
      'taints',
      'No node fits: 3 of 3 nodes are reserved for other workloads (taint). Only workloads with a matching toleration run there. Choose another size or type of node, or ask the platform team.',
    ],
    [
      '0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.',
      'taints',
      'No node fits: 1 of 1 node is not ready. Wait until the nodes are ready again. Contact the platform team if this persists.',
    ],
    [
      '0/2 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }, 1 node(s) were unschedulable.',
      'taints',
      'No node fits: 1 of 2 nodes is running out of disk space and 1 of 2 nodes is cordoned for maintenance. Contact the platform team if this persists.',
    ],
    [
      "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s). preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
      'node-selector',
      "No node fits: 1 of 2 nodes does not match its node selector or affinity and 1 of 2 nodes is reserved for other workloads (taint). Check the workload's node selector and affinity: no node with these labels has room.",
    ],
    [
      "0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints.",
      'placement',
      'No node fits: 3 of 3 nodes have too many of its pods for its topology spread constraints. Run fewer pods or relax the topology spread constraints.',
    ],
    [
      "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.",
      'placement',
      'No node fits: 3 of 3 nodes run pods that its anti-affinity excludes. Run fewer pods or relax the anti-affinity.',
    ],
    [
      "0/6 nodes are available: 3 node(s) didn't match pod affinity rules, 3 node(s) had untolerated taint(s).",
      'placement',
      "No node fits: 3 of 6 nodes lack the pod that its pod affinity requires and 3 of 6 nodes are reserved for other workloads (taint). Check the workload's pod affinity.",
    ],
    [
      "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.",
      'placement',
      'No node fits: 1 of 1 node has its host port in use. Do not use a host port, or run fewer pods.',
    ],
    [
      `0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.${PREEMPTION}`,
      'volume',
      'No node fits. Its PersistentVolumeClaim is not bound yet. Check the storage class and the size.',
    ],
    [
      '0/3 nodes are available: persistentvolumeclaim "data" not found. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
      'volume',
      'No node fits. The PersistentVolumeClaim data does not exist. Add it to the workload or correct its name.',
    ],
    [
      '0/3 nodes are available: 3 node(s) had volume node affinity conflict.',
      'volume',
      'No node fits: 3 of 3 nodes cannot attach its volume. Its volume is tied to nodes or a zone without room. Contact the platform team if this persists.',
    ],
    [
      '0/2 nodes are available: 2 cannot allocate all claims. still not schedulable, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.',
      'no-free-gpu',
      'No node fits: 2 of 2 nodes have no matching free device. Request less or wait until another workload ends.',
    ],
    [
      'no nodes available to schedule pods',
      'unschedulable',
      'The cluster has no nodes for workloads. Contact the platform team if this persists.',
    ],
    [
      '0/3 nodes are available: 3 something new in Kubernetes 1.40.',
      'unschedulable',
      'Not scheduled yet: 0/3 nodes are available: 3 something new in Kubernetes 1.40.',
    ],
  ])('%s', (message, code, text) => {
    expect(schedulingReason(message, requested)).toEqual({ code, text });
  });
});
