import { field, isFields, items, text } from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import { ALL_KEYS_ANNOTATION } from './externalSecrets';
import type { Container, Pod } from './workloadTypes';

/**
 * Keys of Secrets that no object in Git makes. On real platforms Terraform brings them; the sandbox behaves as if they
 * existed in every namespace.
 */
const PROVIDED_SECRETS: Record<string, string[]> = {
  database: ['database', 'host', 'password', 'port', 'uri', 'username'],
};

/** Keys of ConfigMaps that the control plane makes in every namespace. */
const PROVIDED_CONFIG_MAPS: Record<string, string[]> = {
  'kube-root-ca.crt': ['ca.crt'],
};

type Source = 'configmap' | 'secret';

const PLURALS = { configmap: 'configmaps', secret: 'secrets' } as const;

/** Returns a test for the keys of a ConfigMap or Secret; undefined when it does not exist. */
function keysOf(
  store: ObjectStore,
  source: Source,
  namespace: string | undefined,
  name: string,
): ((key: string) => boolean) | undefined {
  const object = store.get(PLURALS[source], namespace, name);
  if (object) {
    const hasAll = object.metadata.annotations?.[ALL_KEYS_ANNOTATION];
    return key =>
      hasAll !== undefined ||
      [object.data, object.binaryData].some(
        values => isFields(values) && Object.hasOwn(values, key),
      );
  }
  const provided =
    source === 'secret' ? PROVIDED_SECRETS : PROVIDED_CONFIG_MAPS;
  // A name such as `constructor` is no key of the table.
  return Object.hasOwn(provided, name)
    ? key => provided[name].includes(key)
    : undefined;
}

/**
 * Returns the kubelet's message for the first environment variable of a container whose ConfigMap, Secret or key is
 * missing.
 *
 * @see kubernetes/kubernetes v1.36 pkg/kubelet/kubelet_pods.go makeEnvironmentVariables
 */
export function environmentProblem(
  store: ObjectStore,
  pod: Pod,
  container: Container,
): string | undefined {
  const { namespace } = pod.metadata;
  const references = [
    ...items(container, 'envFrom').flatMap(from => [
      { source: 'configmap' as const, reference: from.configMapRef },
      { source: 'secret' as const, reference: from.secretRef },
    ]),
    ...items(container, 'env').flatMap(({ valueFrom }) => [
      {
        source: 'configmap' as const,
        reference: field(valueFrom, 'configMapKeyRef'),
      },
      {
        source: 'secret' as const,
        reference: field(valueFrom, 'secretKeyRef'),
      },
    ]),
  ];
  for (const { source, reference } of references) {
    if (isFields(reference) && reference.optional !== true) {
      const [name, key] = [text(reference, 'name'), text(reference, 'key')];
      const hasKey = keysOf(store, source, namespace, name);
      if (!hasKey) {
        return `${source} "${name}" not found`;
      }
      if (key && !hasKey(key)) {
        const kind = source === 'configmap' ? 'ConfigMap' : 'Secret';
        return `couldn't find key ${key} in ${kind} ${namespace}/${name}`;
      }
    }
  }
  return undefined;
}

/**
 * Returns the kubelet's messages for the volumes whose ConfigMap, Secret or key is missing.
 *
 * @see kubernetes/kubernetes v1.36 pkg/volume/configmap/configmap.go, pkg/volume/secret/secret.go,
 *   pkg/volume/projected/projected.go
 */
export function volumeProblems(store: ObjectStore, pod: Pod): string[] {
  const { containers, initContainers = [] } = pod.spec;
  const mounted = new Set(
    [...containers, ...initContainers].flatMap(container =>
      items(container, 'volumeMounts').map(mount => mount.name),
    ),
  );
  return items(pod, 'spec.volumes')
    .filter(volume => mounted.has(volume.name))
    .flatMap(volume => {
      const [problem] = [volume, ...items(volume, 'projected.sources')].flatMap(
        source => sourceProblem(store, pod, source) ?? [],
      );
      return problem
        ? [`MountVolume.SetUp failed for volume "${volume.name}" : ${problem}`]
        : [];
    });
}

function sourceProblem(
  store: ObjectStore,
  pod: Pod,
  volume: unknown,
): string | undefined {
  for (const [source, reference] of [
    ['configmap', field(volume, 'configMap')],
    ['secret', field(volume, 'secret')],
  ] as const) {
    if (isFields(reference) && reference.optional !== true) {
      const name = text(reference, 'name', text(reference, 'secretName'));
      const hasKey = keysOf(store, source, pod.metadata.namespace, name);
      if (!hasKey) {
        return `${source} "${name}" not found`;
      }
      const missing = items(reference, 'items').find(
        ({ key }) => !hasKey(String(key)),
      );
      if (missing) {
        return source === 'configmap'
          ? `configmap references non-existent config key: ${missing.key}`
          : `references non-existent secret key: ${missing.key}`;
      }
    }
  }
  return undefined;
}

/**
 * Returns the scheduler's message for the first PersistentVolumeClaim of a pod that does not exist.
 *
 * @see kubernetes/kubernetes v1.36 pkg/scheduler/framework/plugins/volumebinding/volume_binding.go podHasPVCs
 */
export function claimProblem(store: ObjectStore, pod: Pod): string | undefined {
  const missing = items(pod, 'spec.volumes')
    .map(volume => text(volume, 'persistentVolumeClaim.claimName'))
    .find(
      name =>
        name &&
        !store.get('persistentvolumeclaims', pod.metadata.namespace, name),
    );
  return missing && `persistentvolumeclaim "${missing}" not found`;
}
