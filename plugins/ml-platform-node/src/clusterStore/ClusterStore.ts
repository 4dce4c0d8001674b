import type { Readable } from 'node:stream';
import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';
import type { StoredObject } from '../kinds/StoredObject';
import type { ObjectType } from './objectTypes';

export interface ObjectFilter {
  namespace?: string;
  labels?: Record<string, string>;
  /** Objects in namespaces that the platform labelled with the team; for Applications, those of the team's AppProject. */
  team?: string;
  /** Together with `team`. */
  environment?: string;
  /** The Backstage name of the workload, by the label `backstage.io/kubernetes-id`. */
  workload?: string;
  /** `sha256:…` of an image: pods that run it, reports on it. */
  imageDigest?: string;
}

export interface Listing {
  items: StoredObject[];
  /** When the cluster last confirmed this state; ISO 8601. Absent when it was never read. */
  asOf?: string;
  /** Set while the cluster cannot be watched; `items` is then the last known state. */
  problem?: UpstreamProblem;
}

/** An object was added, modified or deleted. */
export interface ObjectChange {
  cluster: string;
  type: ObjectType;
  /** Absent when the object was deleted. */
  object?: StoredObject;
  /** Absent when the object was added. */
  previous?: StoredObject;
}

/** Sync status of one object type in one cluster. */
export interface TypeStatus {
  cluster: string;
  type: ObjectType;
  /** `absent`: the cluster does not serve the type, so the feature is off. `syncing`: not listed in full yet. */
  state: 'syncing' | 'synced' | 'absent';
  asOf?: string;
  problem?: UpstreamProblem;
  /** Seconds since the last response about this type, or since the start before the first. */
  staleSeconds: number;
  /** Resource version up to which this type is in sync. */
  resourceVersion?: string;
  objects: number;
  /** Watch events since the start. */
  events: number;
  /** Lists since the start, without the first. */
  relists: number;
  /** Seconds since the reflector of this type did anything. */
  idleSeconds: number;
}

/**
 * In-memory copy of the clusters' objects, kept up to date by watches. Problems of a cluster are part of a listing, never
 * an exception.
 */
export interface ClusterStore {
  /** Names of the configured clusters. */
  clusters(): string[];
  /**
   * Waits briefly for a type that has not been listed yet; otherwise reads from memory, whatever the cluster does. Of
   * Applications, it lists only those that Argo CD lets use their project.
   */
  list(
    cluster: string,
    type: ObjectType,
    filter?: ObjectFilter,
  ): Promise<Listing>;
  /** The team and environment that own a namespace, from its labels; undefined when it has no owner. */
  owner(
    cluster: string,
    namespace: string,
  ): Promise<{ team: string; environment: string } | undefined>;
  /** Age and problem of a type as in `list`, without waiting. */
  freshness(
    cluster: string,
    type: ObjectType,
  ): Pick<Listing, 'asOf' | 'problem'>;
  /**
   * Offset of the cluster's clock from ours in milliseconds, accurate to a second. Use it to measure the time from a
   * timestamp of the cluster until now.
   */
  clockAheadMs(cluster: string): number;
  /**
   * Calls the listener synchronously for every change from now on, in order, so it must be fast. Combine it with `list` to
   * keep a derived view up to date.
   *
   * @returns a function that ends the subscription.
   */
  subscribe(listener: (change: ObjectChange) => void): () => void;
  /** One status for each type of each cluster. */
  status(): TypeStatus[];
  /**
   * Reads the end of a container's log, at most 1 MiB.
   *
   * @throws NotFoundError, ServiceUnavailableError, or InputError with Kubernetes' own message, for example while the
   * container is being created.
   */
  podLogs(options: PodLogSource & { previous: boolean }): Promise<string>;
  /**
   * Streams a container's log from its last lines on, until the container ends, the reader destroys the stream or the
   * signal aborts. The reader's pace limits the stream.
   *
   * @throws as `podLogs`, before the stream starts.
   */
  followPodLogs(
    options: PodLogSource & {
      /** Skips older lines. */
      sinceSeconds?: number;
      signal: AbortSignal;
    },
  ): Promise<Readable>;
}

/** A container's log, and the number of lines to read from its end. */
export interface PodLogSource {
  cluster: string;
  namespace: string;
  pod: string;
  /** Optional when the pod has one container. */
  container?: string;
  tailLines: number;
}
