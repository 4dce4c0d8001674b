import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';

/** The types that pages read; rows of the table in `objectTypes.ts`. */
export type ObjectType =
  | 'namespaces'
  | 'pods'
  | 'services'
  | 'configmaps'
  | 'limitranges'
  | 'deployments'
  | 'replicasets'
  | 'statefulsets'
  | 'daemonsets'
  | 'jobs'
  | 'cronjobs'
  | 'horizontalpodautoscalers'
  | 'ingresses'
  | 'resourcequotas'
  | 'events'
  | 'applications'
  | 'vulnerabilityreports';

/** The parts of an object that are the same for every type. The rest is the type's own, as the API server sends it. */
export interface StoredObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    creationTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: Array<{ kind: string; name: string; uid: string }>;
  };
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  /** VulnerabilityReports keep their data here. */
  report?: Record<string, unknown>;
  [field: string]: unknown;
}

export interface Listing {
  items: StoredObject[];
  /** When the data was read; ISO 8601. Absent when it never was. */
  asOf?: string;
  /** Set when the cluster could not be asked: `items` is then the last known. */
  problem?: UpstreamProblem;
}

/**
 * What the clusters hold. This issue lists with a short timeout and remembers the last answer; watches fill the same
 * interface later. It never throws for an upstream: it says so in the listing.
 */
export interface ClusterStore {
  /** Names of the configured clusters. */
  clusters(): string[];
  list(
    cluster: string,
    type: ObjectType,
    filter?: { namespace?: string; labels?: Record<string, string> },
  ): Promise<Listing>;
  /** The team and environment that own a namespace, from its labels; undefined for namespaces of nobody. */
  owner(
    cluster: string,
    namespace: string,
  ): Promise<{ team: string; environment: string } | undefined>;
  /**
   * The end of a container's log, at most 1 MiB of it.
   *
   * @throws NotFoundError, InputError (in Kubernetes' words, for example while the container is being created),
   * ServiceUnavailableError.
   */
  podLogs(options: {
    cluster: string;
    namespace: string;
    pod: string;
    container?: string;
    previous: boolean;
    tailLines: number;
  }): Promise<string>;
}
