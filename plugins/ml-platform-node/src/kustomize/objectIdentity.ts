import type { KubernetesObject } from '@internal/platform-rules';

/** API group of an object; empty for the core group. */
export function groupOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

/** Text by which an object is the same in another build: group, kind, namespace and name, without the version. */
export function identityOf(object: KubernetesObject): string {
  const { kind, metadata } = object;
  return [groupOf(object), kind, metadata.namespace, metadata.name].join('|');
}
