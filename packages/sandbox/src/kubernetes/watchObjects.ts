import type { KubernetesObject } from './KubernetesObject';
import {
  ExpiredVersionError,
  type ObjectStore,
  type StoreEvent,
} from './ObjectStore';
import { parseSelection, parseVersion } from './listObjects';
import { apiVersion, type ResourceType } from './resourceTypes';
import { expired, StatusError } from './statuses';

type EventType = StoreEvent['type'] | 'BOOKMARK' | 'ERROR';

export type Emit = (type: EventType, object: unknown) => void;

const BOOKMARK_INTERVAL = 60_000;

/**
 * Emits what a watch has to say, until it is ended.
 *
 * @returns how to end it.
 */
export function watchObjects(options: {
  store: ObjectStore;
  type: ResourceType;
  namespace: string | undefined;
  query: URLSearchParams;
  emit: Emit;
}): () => void {
  const { store, type, namespace, query, emit } = options;
  const matches = parseSelection(type, namespace, query);
  const bookmarks = isTrue(query.get('allowWatchBookmarks'));
  const sendInitialEvents = isTrue(query.get('sendInitialEvents'));
  if (
    sendInitialEvents &&
    query.get('resourceVersionMatch') !== 'NotOlderThan'
  ) {
    throw new StatusError(
      422,
      'Invalid',
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    );
  }
  const version = parseVersion(query) ?? 0;
  const bookmark = (annotations?: Record<string, string>) =>
    emit('BOOKMARK', {
      kind: type.kind,
      apiVersion: apiVersion(type),
      metadata: {
        resourceVersion: String(store.version),
        creationTimestamp: null,
        ...(annotations && { annotations }),
      },
    });
  const send = (event: StoreEvent) => {
    if (event.plural === type.plural) {
      emitSelected(event, matches, emit);
    }
  };

  if (sendInitialEvents || version === 0) {
    for (const object of store.list(type.plural).filter(matches)) {
      emit('ADDED', object);
    }
    if (sendInitialEvents && bookmarks) {
      bookmark({ 'k8s.io/initial-events-end': 'true' });
    }
  } else {
    try {
      store.eventsSince(type.plural, version).forEach(send);
    } catch (error) {
      if (error instanceof ExpiredVersionError) {
        emit('ERROR', expired(error.message).toStatus());
        return () => {};
      }
      throw error;
    }
  }
  const unsubscribe = store.subscribe(send);
  const timer = bookmarks
    ? setInterval(bookmark, BOOKMARK_INTERVAL)
    : undefined;
  return () => {
    unsubscribe();
    clearInterval(timer);
  };
}

/** An object that comes to fit the selectors is added, for this watch; one that no longer does is deleted. */
function emitSelected(
  event: StoreEvent,
  matches: (object: KubernetesObject) => boolean,
  emit: Emit,
): void {
  const before = event.previous !== undefined && matches(event.previous);
  const now = event.type !== 'DELETED' && matches(event.object);
  if (now) {
    emit(before ? 'MODIFIED' : 'ADDED', event.object);
  } else if (before) {
    emit('DELETED', event.object);
  }
}

export function isTrue(value: string | null): boolean {
  return value === 'true' || value === '1';
}
