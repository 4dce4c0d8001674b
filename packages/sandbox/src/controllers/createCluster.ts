import type { ObjectStore } from '../kubernetes/ObjectStore';
import {
  type Draft,
  type Fields,
  timestamp,
} from '../kubernetes/KubernetesObject';
import { resourceTypes } from '../kubernetes/resourceTypes';
import { withDefaults } from './withDefaults';

interface NodeDefinition {
  name: string;
  capacity: Record<string, string>;
  labels?: Record<string, string>;
  taints?: Fields[];
}

const NODES: NodeDefinition[] = [
  {
    name: 'sandbox-worker-1',
    capacity: { cpu: '16', memory: '64Gi' },
    labels: { 'ml-platform.io/pool': 'general' },
  },
  {
    name: 'sandbox-worker-2',
    capacity: { cpu: '16', memory: '64Gi' },
    labels: { 'ml-platform.io/pool': 'general' },
  },
  {
    name: 'sandbox-gpu-1',
    capacity: { cpu: '32', memory: '128Gi', 'nvidia.com/gpu': '4' },
    labels: {
      'ml-platform.io/pool': 'gpu',
      'nvidia.com/gpu.present': 'true',
      'nvidia.com/gpu.product': 'NVIDIA-A10G',
    },
    taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
  },
];

const NAMESPACES = [
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'argocd',
];

/** Priority classes and the storage class of a new cluster. */
const CLASSES: Draft[] = [
  priorityClass(
    'system-cluster-critical',
    2000000000,
    'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  ),
  priorityClass(
    'system-node-critical',
    2000001000,
    'Used for system critical pods that must not be moved from their current node.',
  ),
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name: 'standard',
      annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
    },
    provisioner: 'sandbox.ml-platform.io/none',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
  },
];

function priorityClass(
  name: string,
  value: number,
  description: string,
): Draft {
  return {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value,
    description,
    preemptionPolicy: 'PreemptLowerPriority',
  };
}

/** Creates the initial objects of a cluster: namespaces, nodes, classes and CustomResourceDefinitions. */
export function createCluster(store: ObjectStore, now: number): void {
  for (const name of NAMESPACES) {
    store.create(
      withDefaults({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
    );
  }
  CLASSES.forEach(draft => store.create(draft));
  NODES.forEach((plan, index) =>
    createNode(store, plan, `10.0.0.${index + 11}`, timestamp(now)),
  );
  for (const type of resourceTypes.filter(({ custom }) => custom)) {
    const { group, version, kind, plural, singular, shortNames, namespaced } =
      type;
    store.create({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.${group}` },
      spec: {
        group,
        scope: namespaced ? 'Namespaced' : 'Cluster',
        names: { kind, listKind: `${kind}List`, plural, singular, shortNames },
        versions: [{ name: version, served: true, storage: true }],
      },
      status: {
        acceptedNames: {
          kind,
          listKind: `${kind}List`,
          plural,
          singular,
          shortNames,
        },
        storedVersions: [version],
        conditions: [
          {
            type: 'NamesAccepted',
            status: 'True',
            reason: 'NoConflicts',
            message: 'no conflicts found',
            lastTransitionTime: timestamp(now),
          },
          {
            type: 'Established',
            status: 'True',
            reason: 'InitialNamesAccepted',
            message: 'the initial names have been accepted',
            lastTransitionTime: timestamp(now),
          },
        ],
      },
    });
  }
}

function createNode(
  store: ObjectStore,
  plan: NodeDefinition,
  address: string,
  time: string,
): void {
  const { name, labels, taints } = plan;
  const capacity = {
    pods: '110',
    'ephemeral-storage': '200Gi',
    ...plan.capacity,
  };
  const condition = (
    type: string,
    status: string,
    reason: string,
    message: string,
  ) => ({
    type,
    status,
    reason,
    message,
    lastHeartbeatTime: time,
    lastTransitionTime: time,
  });
  store.create({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/os': 'linux',
        'kubernetes.io/hostname': name,
        ...labels,
      },
    },
    spec: { ...(taints && { taints }) },
    status: {
      capacity,
      allocatable: capacity,
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      conditions: [
        condition(
          'MemoryPressure',
          'False',
          'KubeletHasSufficientMemory',
          'kubelet has sufficient memory available',
        ),
        condition(
          'DiskPressure',
          'False',
          'KubeletHasNoDiskPressure',
          'kubelet has no disk pressure',
        ),
        condition(
          'PIDPressure',
          'False',
          'KubeletHasSufficientPID',
          'kubelet has sufficient PID available',
        ),
        condition(
          'Ready',
          'True',
          'KubeletReady',
          'kubelet is posting ready status',
        ),
      ],
      nodeInfo: {
        architecture: 'amd64',
        operatingSystem: 'linux',
        osImage: 'Sandbox',
        kernelVersion: '6.1.0',
        kubeletVersion: 'v1.36.3',
        kubeProxyVersion: '',
        containerRuntimeVersion: 'containerd://2.1.4',
        machineID: '',
        systemUUID: '',
        bootID: '',
      },
    },
  });
}
