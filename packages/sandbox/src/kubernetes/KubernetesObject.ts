/** Any part of an object whose shape the reader checks itself. */
export type Fields = Record<string, unknown>;

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** Metadata as somebody writes it. */
export interface DraftMetadata {
  name: string;
  namespace?: string;
  /** Chosen by the server when absent. */
  uid?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
  creationTimestamp?: string;
}

/** Metadata as the server keeps it. */
export interface ObjectMetadata extends DraftMetadata {
  uid: string;
  resourceVersion: string;
  creationTimestamp: string;
  generation?: number;
}

interface ObjectFields<Spec, Status> {
  apiVersion: string;
  kind: string;
  spec?: Spec;
  status?: Status;
  [field: string]: unknown;
}

export interface Draft<Spec = Fields, Status = Fields>
  extends ObjectFields<Spec, Status> {
  metadata: DraftMetadata;
}

/** An object as it is stored. Treat it as frozen: changes go through the store. */
export interface KubernetesObject<Spec = Fields, Status = Fields>
  extends ObjectFields<Spec, Status> {
  metadata: ObjectMetadata;
}

/** What is at a path of plain field names, for example `status.loadBalancer.ingress`. */
export function field(object: unknown, path: string): unknown {
  return path
    .split('.')
    .filter(Boolean)
    .reduce<unknown>(
      (value, name) => (isFields(value) ? value[name] : undefined),
      object,
    );
}

export function text(object: unknown, path: string, fallback = ''): string {
  const value = field(object, path);
  return value === undefined || value === null ? fallback : String(value);
}

export function count(object: unknown, path: string): number {
  return Number(field(object, path) ?? 0);
}

export function items(object: unknown, path: string): Fields[] {
  const value = field(object, path);
  return Array.isArray(value) ? value.filter(isFields) : [];
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A time as the API writes it: whole seconds, UTC. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
