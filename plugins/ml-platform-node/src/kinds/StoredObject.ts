import type { Metadata } from './metadata';

/**
 * A Kubernetes object as the cluster store keeps it: metadata, and the other fields that the projection of its kind
 * names, as the API server sends them. Do not mutate: objects share equal parts.
 */
export interface StoredObject {
  apiVersion: string;
  /** Set by the store from the type that was listed, so a client of the cluster cannot forge it. */
  kind: string;
  metadata: Metadata & { resourceVersion?: string };
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  /** The data of Trivy's reports. */
  report?: Record<string, unknown>;
  [field: string]: unknown;
}
