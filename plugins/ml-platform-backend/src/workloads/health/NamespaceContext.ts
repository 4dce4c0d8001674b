import {
  eventTime,
  isWaiting,
  newestFirst,
  type Event,
  type KueueWorkload,
  type PersistentVolumeClaim,
  type Pod,
  type ResourceQuota,
  type WithMetadata,
} from '@internal/plugin-ml-platform-node';
import type { NamespaceObjects } from '../../kubernetes/NamespaceObjects';
import { groupBy } from '../../views/groupBy';

type Around = Pick<
  NamespaceObjects,
  'namespace' | 'pods' | 'events' | 'quotas' | 'claims' | 'queued'
>;

/** What else is in a namespace, found by what it is about. */
export class NamespaceContext {
  static create(objects: Around): NamespaceContext {
    return new NamespaceContext(objects);
  }

  readonly namespace: string;
  readonly quotas: ResourceQuota[];
  readonly claims: PersistentVolumeClaim[];
  readonly #events: Map<string | undefined, Event[]>;
  readonly #pods: Map<string, Pod[]>;
  readonly #queued: Map<string, KueueWorkload>;

  private constructor(objects: Around) {
    this.namespace = objects.namespace;
    this.quotas = objects.quotas;
    this.claims = objects.claims;
    this.#events = groupBy(
      objects.events.toSorted((a, b) =>
        eventTime(b).localeCompare(eventTime(a)),
      ),
      ({ involvedObject }) => involvedObject.uid,
    );
    this.#pods = byOwner(objects.pods.toSorted(newestFirst));
    this.#queued = new Map(
      objects.queued
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

  /** Newest first. */
  podsOf({ metadata }: WithMetadata): Pod[] {
    return this.#pods.get(metadata.uid ?? '') ?? [];
  }

  /** What waits in a queue for the object to start. */
  queuedOf({ metadata }: WithMetadata): KueueWorkload | undefined {
    return this.#queued.get(metadata.uid ?? '');
  }

  /** The newest words of the API server about pods of the controller that it refused. */
  refusalOf(controller: WithMetadata): string | undefined {
    return this.eventsOf(controller).find(
      ({ reason }) => reason === 'FailedCreate',
    )?.message;
  }
}

function byOwner(pods: Pod[]): Map<string, Pod[]> {
  const owned = pods.flatMap(pod =>
    (pod.metadata.ownerReferences ?? []).map(({ uid }) => ({ uid, pod })),
  );
  return new Map(
    [...groupBy(owned, ({ uid }) => uid)].map(([uid, each]) => [
      uid,
      each.map(({ pod }) => pod),
    ]),
  );
}
