import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltSystems } from '../build/buildSystems';
import { simulationDirectory } from '../paths';
import type { Platform } from '../Platform';
import { freePorts } from '../processes/freePorts';
import type { ControlPlane } from './startControlPlane';

const GPU_TAINT = {
  key: 'nvidia.com/gpu',
  value: 'present',
  effect: 'NoSchedule',
};

/** Starts kwok, which simulates the kubelets of nodes, and adds two CPU nodes and one node with four GPUs. */
export async function startNodes(
  { directory, processes }: Platform,
  systems: BuiltSystems,
  { kubeconfigs, kubectl, certificates }: ControlPlane,
): Promise<void> {
  const ports = await freePorts(['kubelet']);
  const logs = join(directory, 'kwok-logs.json');
  const logsFile = join(simulationDirectory, 'pod-log.txt');
  await writeFile(
    logs,
    JSON.stringify({
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'ClusterLogs',
      metadata: { name: 'every-pod' },
      spec: { logs: [{ logsFile, previousLogsFile: logsFile, follow: false }] },
    }),
  );
  const stages = [
    join(systems.kwok, 'share/stages/node/fast/node-initialize.yaml'),
    join(systems.kwok, 'share/stages/pod/fast/pod-delete.yaml'),
    join(simulationDirectory, 'pods.yaml'),
    join(simulationDirectory, 'jobs.yaml'),
  ];
  const address = `127.0.0.1:${ports.kubelet}`;
  await Promise.all([
    processes.start({
      name: 'kwok',
      rank: 'client',
      command: join(systems.kwok, 'bin/kwok'),
      args: [
        `--kubeconfig=${kubeconfigs.admin}`,
        ...[...stages, logs].map(file => `--config=${file}`),
        // Nodes with this label belong to a stand-in for the kubelet.
        '--manage-nodes-with-label-selector=!simulation.ml-platform.io/stand-in',
        '--node-ip=127.0.0.1',
        `--node-port=${ports.kubelet}`,
        `--server-address=${address}`,
        `--tls-cert-file=${certificates.serving}`,
        `--tls-private-key-file=${certificates.servingKey}`,
        '--cidr=10.98.0.0/16',
        '--node-lease-duration-seconds=40',
      ],
      ready: () =>
        kubectl.run([
          'wait',
          'node',
          '--all',
          '--for=condition=Ready',
          '--timeout=30s',
        ]),
    }),
    kubectl.applyObjects([
      node('cpu-1', { cpu: '16', memory: '64Gi' }),
      node('cpu-2', { cpu: '16', memory: '64Gi' }),
      node('gpu-1', { cpu: '32', memory: '256Gi', 'nvidia.com/gpu': '4' }),
    ]),
  ]);
}

function node(name: string, resources: Record<string, string>) {
  const capacity = { ...resources, pods: '110', 'ephemeral-storage': '500Gi' };
  const gpu = 'nvidia.com/gpu' in resources;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        ...(gpu && { 'nvidia.com/gpu.present': 'true' }),
      },
    },
    spec: gpu ? { taints: [GPU_TAINT] } : {},
    status: { capacity, allocatable: capacity },
  };
}
