import type { KubernetesObject } from '../kustomize';

/** An object that is to be created. */
export type AdmissionObject = KubernetesObject;

/** The namespace in which an object would be created. */
export interface AdmissionContext {
  namespace?: string;
  namespaceLabels: Record<string, string>;
  /** The object before the change, for policies that judge changes; undefined for a new object. */
  oldObject?: AdmissionObject;
}
