import type {
  KubernetesObjectTypes,
  ObjectToFetch,
} from '@backstage/plugin-kubernetes-node';
import {
  objectTypes,
  type ObjectType,
} from '@internal/plugin-ml-platform-node';

/** An object type that the Kubernetes plugin requests and the cluster store holds. */
export interface ReadableType {
  objectType: KubernetesObjectTypes;
  stored: ObjectType;
}

/** Finds the stored type; undefined for types that are not in the store, such as Secrets, whatever the configuration. */
export function storedType(requested: ObjectToFetch): ReadableType | undefined {
  const found = Object.entries(objectTypes).find(
    ([, { group, version, plural }]) =>
      group === requested.group &&
      version === requested.apiVersion &&
      plural === requested.plural,
  );
  return (
    found && {
      objectType: requested.objectType,
      stored: found[0] as ObjectType,
    }
  );
}
