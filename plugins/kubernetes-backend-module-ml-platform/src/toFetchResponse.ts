import type { FetchResponse } from '@backstage/plugin-kubernetes-common';
import type { KubernetesObjectTypes } from '@backstage/plugin-kubernetes-node';
import type { StoredObject } from '@internal/plugin-ml-platform-node';

/** The stock plugin types objects as its client's classes, but sends them as the API server does: so do we. */
export function toFetchResponse(
  type: KubernetesObjectTypes,
  resources: StoredObject[],
): FetchResponse {
  return { type, resources } as unknown as FetchResponse;
}
