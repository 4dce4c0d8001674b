import type { Readable } from 'node:stream';
import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';
import type { StoredObject } from '../kinds/StoredObject';
import type { ObjectType } from './objectTypes';

export interface ObjectFilter {
  namespace?: string;
  labels?: Record<string, string>;
  /** Objects in the namespaces that the platform labelled so; Applications of the team's AppProject; namespaces themselves. */
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
  /** When the cluster was last heard to be so; ISO 8601. Absent when it never was read. */
  asOf?: string;
  /** Set when the cluster cannot be followed: `items` is then the last known. */
  problem?: UpstreamProblem;
}

/** One object of one cluster came, changed or went. */
export interface ObjectChange {
  cluster: string;
  type: ObjectType;
  /** Absent when the object is gone. */
  object?: StoredObject;
  /** Absent when the object is new. */
  previous?: StoredObject;
}

/** How it stands with one type of one cluster. */
export interface TypeStatus {
  cluster: string;
  type: ObjectType;
  /** `absent`: the cluster has no such type, so the feature is off. `syncing`: never read in full. */
  state: 'syncing' | 'synced' | 'absent';
  asOf?: string;
  problem?: UpstreamProblem;
  /** Seconds since the cluster was last heard about this type; since the start when it never was. */
  staleSeconds: number;
  /** The version of the cluster's data that this type has reached. */
  resourceVersion?: string;
  objects: number;
  /** Since the start. */
  events: number;
  /** Since the start, without the first list. */
  relists: number;
  /** Seconds since the loop that follows this type did anything. */
  idleSeconds: number;
}

/**
 * What the clusters hold, in memory, kept up to date by watches. It never throws for an upstream: it says so in the
 * listing.
 */
export interface ClusterStore {
  /** Names of the configured clusters. */
  clusters(): string[];
  /** Waits a moment for a type that has not been read yet; otherwise answers at once, whatever the cluster does. */
  list(
    cluster: string,
    type: ObjectType,
    filter?: ObjectFilter,
  ): Promise<Listing>;
  /** The team and environment that own a namespace, from its labels; undefined for namespaces of nobody. */
  owner(
    cluster: string,
    namespace: string,
  ): Promise<{ team: string; environment: string } | undefined>;
  /** What `list` says of a type's age and problem, without its items and without waiting. */
  freshness(
    cluster: string,
    type: ObjectType,
  ): Pick<Listing, 'asOf' | 'problem'>;
  /**
   * How far the cluster's clock is ahead of ours, in milliseconds, give or take a second: for what is measured from a
   * time that the cluster wrote until now.
   */
  clockAheadMs(cluster: string): number;
  /**
   * Calls the listener for every change from now on, in order, at once; it must be quick. Together with `list` this
   * keeps derived views up to date.
   *
   * @returns how to end it.
   */
  subscribe(listener: (change: ObjectChange) => void): () => void;
  /** One for each type of each cluster. */
  status(): TypeStatus[];
  /**
   * The end of a container's log, at most 1 MiB of it.
   *
   * @throws NotFoundError, InputError (in Kubernetes' words, for example while the container is being created),
   * ServiceUnavailableError.
   */
  podLogs(options: PodLogSource & { previous: boolean }): Promise<string>;
  /**
   * A container's log from its last lines on, as it is written, until the container ends, the reader destroys the
   * stream or the signal aborts it. How much of it is read is up to the reader.
   *
   * @throws as `podLogs`, before there is a stream.
   */
  followPodLogs(
    options: PodLogSource & {
      /** Nothing older than this. */
      sinceSeconds?: number;
      signal: AbortSignal;
    },
  ): Promise<Readable>;
}

/** Whose log is read, and how many lines from its end. */
export interface PodLogSource {
  cluster: string;
  namespace: string;
  pod: string;
  /** May be left out when the pod has only one. */
  container?: string;
  tailLines: number;
}
