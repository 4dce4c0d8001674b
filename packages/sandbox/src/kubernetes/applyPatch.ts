import { type Fields, isFields } from './KubernetesObject';

/** Keys by which strategic merge patches find the elements of a list, by field name. */
const MERGE_KEYS: Record<string, string[]> = {
  conditions: ['type'],
  containers: ['name'],
  env: ['name'],
  ephemeralContainers: ['name'],
  hostAliases: ['ip'],
  imagePullSecrets: ['name'],
  initContainers: ['name'],
  ownerReferences: ['uid'],
  ports: ['containerPort', 'port'],
  secrets: ['name'],
  topologySpreadConstraints: ['topologyKey'],
  volumeDevices: ['devicePath'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
};

/**
 * Applies a patch: RFC 7386, or with `isStrategic` lists of objects by their merge keys.
 *
 * @see kubernetes/apimachinery v0.36 pkg/util/strategicpatch/patch.go
 */
export function applyPatch(
  target: Fields,
  patch: Fields,
  isStrategic: boolean,
): Fields {
  const { $patch: directive, ...changes } = patch;
  const result: Fields = directive === 'replace' ? {} : { ...target };
  for (const [name, value] of Object.entries(changes)) {
    const current = result[name];
    const keys = isStrategic ? MERGE_KEYS[name] : undefined;
    if (isStrategic && name.startsWith('$')) {
      // Directives for the order of lists and for unions change no value here.
    } else if (
      value === null ||
      (isFields(value) && value.$patch === 'delete')
    ) {
      delete result[name];
    } else if (isFields(value)) {
      const base = isFields(current) ? current : {};
      result[name] = applyPatch(base, value, isStrategic);
    } else if (keys && Array.isArray(value) && Array.isArray(current)) {
      result[name] = mergeLists(current, value, keys);
    } else {
      result[name] = value;
    }
  }
  return result;
}

function mergeLists(
  current: unknown[],
  patches: unknown[],
  keys: string[],
): unknown[] {
  const keyOf = (element: unknown) =>
    isFields(element)
      ? keys.map(key => element[key]).find(value => value !== undefined)
      : element;
  const merged = new Map(current.map(element => [keyOf(element), element]));
  for (const patch of patches) {
    const key = keyOf(patch);
    if (!isFields(patch)) {
      merged.set(key, patch);
    } else if (patch.$patch === 'delete') {
      merged.delete(key);
    } else {
      const element = merged.get(key);
      merged.set(
        key,
        applyPatch(isFields(element) ? element : {}, patch, true),
      );
    }
  }
  return [...merged.values()];
}
