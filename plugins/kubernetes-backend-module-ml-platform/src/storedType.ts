import type {
  KubernetesObjectTypes,
  ObjectToFetch,
} from '@backstage/plugin-kubernetes-node';
import {
  objectTypes,
  type ObjectType,
} from '@internal/plugin-ml-platform-node';

/** A type that the stock plugin asks for and the cluster store has. */
export interface ReadableType {
  objectType: KubernetesObjectTypes;
  stored: ObjectType;
}

/** @returns undefined for types that are not in the store, Secrets first of all, whatever the configuration says. */
export function storedType(wanted: ObjectToFetch): ReadableType | undefined {
  const found = Object.entries(objectTypes).find(
    ([, { group, version, plural }]) =>
      group === wanted.group &&
      version === wanted.apiVersion &&
      plural === wanted.plural,
  );
  return (
    found && {
      objectType: wanted.objectType,
      stored: found[0] as ObjectType,
    }
  );
}
