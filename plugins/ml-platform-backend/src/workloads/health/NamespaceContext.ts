import {
  eventTime,
  isWaiting,
  newestFirst,
  type Event,
  type HorizontalPodAutoscaler,
  type KueueWorkload,
  type PersistentVolumeClaim,
  type Pod,
  type ResourceQuota,
  type WithMetadata,
} from '@internal/plugin-ml-platform-node';
import type { NamespaceObjects } from '../../kubernetes/NamespaceObjects';
import type { HealthClock } from './HealthClock';
import type { PodContext } from './PodContext';

type NamespaceContextOptions = Pick<
  NamespaceObjects,
  'namespace' | 'pods' | 'events' | 'quotas' | 'claims' | 'queued'
> & {
  clock: HealthClock;
  /** Default: none. */
  autoscalers?: HorizontalPodAutoscaler[];
  /** Default: no node has a problem. */
  nodeProblem?: PodContext['nodeProblem'];
};

/** Objects of a namespace that explain the state of others, indexed by the object that they belong to. */
export class NamespaceContext implements PodContext {
  readonly namespace: string;
  readonly quotas: ResourceQuota[];
  readonly claims: PersistentVolumeClaim[];
  readonly clock: HealthClock;
  readonly nodeProblem: PodContext['nodeProblem'];
  readonly #autoscalers: HorizontalPodAutoscaler[];
  readonly #events: Map<string | undefined, Event[]>;
  readonly #pods: Map<string, Pod[]>;
  readonly #queued: Map<string, KueueWorkload>;

  constructor(options: NamespaceContextOptions) {
    this.namespace = options.namespace;
    this.quotas = options.quotas;
    this.claims = options.claims;
    this.clock = options.clock;
    this.nodeProblem = options.nodeProblem ?? (() => undefined);
    this.#autoscalers = options.autoscalers ?? [];
    this.#events = Map.groupBy(
      options.events.toSorted((a, b) =>
        eventTime(b).localeCompare(eventTime(a)),
      ),
      ({ involvedObject }) => involvedObject.uid,
    );
    this.#pods = groupByOwner(options.pods.toSorted(newestFirst));
    this.#queued = new Map(
      options.queued
        .filter(isWaiting)
        .flatMap(workload =>
          (workload.metadata.ownerReferences ?? []).map(({ uid }) => [
            uid,
            workload,
          ]),
        ),
    );
  }

  /** Warning events about an object, newest first. */
  eventsOf({ metadata }: WithMetadata): Event[] {
    return this.#events.get(metadata.uid ?? '') ?? [];
  }

  /** Pods that an object owns, newest first. */
  podsOf({ metadata }: WithMetadata): Pod[] {
    return this.#pods.get(metadata.uid ?? '') ?? [];
  }

  /** Kueue's Workload of an object that is not admitted yet. */
  queuedWorkloadOf({ metadata }: WithMetadata): KueueWorkload | undefined {
    return this.#queued.get(metadata.uid ?? '');
  }

  /** HorizontalPodAutoscalers of a controller. */
  autoscalersOf(kind: string, name: string): HorizontalPodAutoscaler[] {
    return this.#autoscalers.filter(
      ({ spec: { scaleTargetRef } }) =>
        scaleTargetRef.kind === kind && scaleTargetRef.name === name,
    );
  }

  /** The API server's latest refusal to create an object for a controller. */
  failedCreate(controller: WithMetadata): Event | undefined {
    return this.eventsOf(controller).find(
      ({ reason }) => reason === 'FailedCreate',
    );
  }
}

function groupByOwner(pods: Pod[]): Map<string, Pod[]> {
  const owned = pods.flatMap(pod =>
    (pod.metadata.ownerReferences ?? []).map(({ uid }) => ({ uid, pod })),
  );
  return new Map(
    [...Map.groupBy(owned, ({ uid }) => uid)].map(([uid, group]) => [
      uid,
      group.map(({ pod }) => pod),
    ]),
  );
}
