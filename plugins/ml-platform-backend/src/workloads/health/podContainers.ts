import type { ContainerStatus, Pod } from '@internal/plugin-ml-platform-node';
import type { ContainerRole } from './containerReason';

/** A container's status with its role in the pod. */
export interface PodContainer {
  status: ContainerStatus;
  role: ContainerRole;
}

/** Containers of a pod: init containers and sidecars in the order in which they start, then the others. */
export function podContainers({ spec, status }: Pod): PodContainer[] {
  const sidecars = (spec.initContainers ?? [])
    .filter(({ restartPolicy }) => restartPolicy === 'Always')
    .map(({ name }) => name);
  return [
    ...(status.initContainerStatuses ?? []).map(each => ({
      status: each,
      role: sidecars.includes(each.name)
        ? ('sidecar' as const)
        : ('init' as const),
    })),
    ...(status.containerStatuses ?? []).map(each => ({
      status: each,
      role: 'container' as const,
    })),
  ];
}
