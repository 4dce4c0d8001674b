import type { ContainerRole } from '@internal/plugin-ml-platform-common';
import type { StoredObject } from '@internal/plugin-ml-platform-node';

interface ContainerFields {
  name?: string;
  image?: string;
  restartPolicy?: string;
}

/** The parts of a stored pod spec that name images. They are read in place: there are many, and they are interned. */
export interface PodSpecFields {
  containers?: ContainerFields[];
  initContainers?: ContainerFields[];
  ephemeralContainers?: ContainerFields[];
}

interface TemplatedSpec {
  template?: { spec?: PodSpecFields };
  jobTemplate?: { spec?: { template?: { spec?: PodSpecFields } } };
}

/** Pod spec of a pod, or of the template of a controller. */
export function podSpecOf({
  kind,
  spec = {},
}: StoredObject): PodSpecFields | undefined {
  if (kind === 'Pod') {
    return spec as PodSpecFields;
  }
  const { template, jobTemplate } = spec as TemplatedSpec;
  return kind === 'CronJob'
    ? jobTemplate?.spec?.template?.spec
    : template?.spec;
}

/** Lists all containers of a pod spec with their roles. */
export function containersOf(
  spec: PodSpecFields | undefined,
): Array<{ name: string; image: string; role: ContainerRole }> {
  const described = (
    containers: ContainerFields[] | undefined,
    roleOf: (container: ContainerFields) => ContainerRole,
  ) =>
    (containers ?? []).map(container => ({
      name: container.name ?? '',
      image: container.image ?? '',
      role: roleOf(container),
    }));
  return [
    // An init container with restart policy `Always` is a sidecar that keeps running.
    ...described(spec?.initContainers, ({ restartPolicy }) =>
      restartPolicy === 'Always' ? 'sidecar' : 'init',
    ),
    ...described(spec?.containers, () => 'container'),
    ...described(spec?.ephemeralContainers, () => 'ephemeral'),
  ];
}

export function isEndedJob({ kind, status }: StoredObject): boolean {
  const { conditions } = (status ?? {}) as {
    conditions?: Array<{ type?: string; status?: string }>;
  };
  return (
    kind === 'Job' &&
    Boolean(
      conditions?.some(
        condition =>
          condition.status === 'True' &&
          (condition.type === 'Complete' || condition.type === 'Failed'),
      ),
    )
  );
}
