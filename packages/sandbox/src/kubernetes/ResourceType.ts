import type { Column } from './columns/Column';
import type { KubernetesObject } from './KubernetesObject';

/** A resource type that the API server serves. */
export interface ResourceType {
  /** API group; empty for the core group. */
  group: string;
  version: string;
  kind: string;
  /** Plural name; unique among all stored types, because the store uses it as a key. */
  plural: string;
  singular: string;
  shortNames: string[];
  namespaced: boolean;
  categories: string[];
  /** Printer columns after the name. */
  columns: Column[];
  /** True for types that a CustomResourceDefinition defines. */
  custom: boolean;
  /** Verbs in discovery; a review can only be created and is not stored. */
  verbs: string[];
  /** Converts a stored object of another version with the same plural name. */
  view?: (object: KubernetesObject) => KubernetesObject;
}

export type ResourceTypeOptions = Partial<
  Pick<
    ResourceType,
    'shortNames' | 'namespaced' | 'categories' | 'custom' | 'verbs' | 'view'
  >
>;

/** The object as a type presents it. */
export function viewOf(
  type: ResourceType,
  object: KubernetesObject,
): KubernetesObject {
  return type.view?.(object) ?? object;
}

/** Returns true if objects of the type have a `metadata.generation`. */
export function hasGeneration(type: ResourceType): boolean {
  const { group, kind } = type;
  const groups = [
    'admissionregistration.k8s.io',
    'apps',
    'batch',
    'networking.k8s.io',
    'policy',
    'scheduling.k8s.io',
    'discovery.k8s.io',
  ];
  return type.custom || groups.includes(group) || kind === 'Pod';
}

/** The group of an API version; empty for the core group. */
export function apiGroup(groupVersion: string): string {
  return groupVersion.includes('/') ? groupVersion.split('/')[0] : '';
}

/** Formats a group and version, for example `v1` or `apps/v1`. */
export function apiVersion(type: { group: string; version: string }): string {
  return type.group ? `${type.group}/${type.version}` : type.version;
}

/** Formats the name of a type in messages, for example `pods` or `deployments.apps`. */
export function qualifiedName(type: ResourceType): string {
  return type.group ? `${type.plural}.${type.group}` : type.plural;
}

/** Builds a resource type, namespaced and built-in by default. */
export function defineType(
  groupVersion: string,
  kind: string,
  plural: string,
  shortNames: string[],
  columns: Column[],
  options: ResourceTypeOptions = {},
): ResourceType {
  const [version, group = ''] = groupVersion.split('/').reverse();
  return {
    group,
    version,
    kind,
    plural,
    singular: kind.toLowerCase(),
    shortNames,
    columns,
    namespaced: true,
    categories: [],
    custom: false,
    verbs: ['get', 'list', 'watch'],
    ...options,
  };
}
