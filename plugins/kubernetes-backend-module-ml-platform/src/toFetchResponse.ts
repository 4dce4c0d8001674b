import type { FetchResponse } from '@backstage/plugin-kubernetes-common';
import type { KubernetesObjectTypes } from '@backstage/plugin-kubernetes-node';
import type { StoredObject } from '@internal/plugin-ml-platform-node';

/** Wraps stored objects. The type names client classes, but the Kubernetes plugin sends plain API objects, as this does. */
export function toFetchResponse(
  type: KubernetesObjectTypes,
  resources: StoredObject[],
): FetchResponse {
  return { type, resources } as unknown as FetchResponse;
}
