import type { KubernetesObject } from './KubernetesObject';
import {
  ExpiredVersionError,
  type ObjectStore,
  type StoreEvent,
} from './ObjectStore';
import { parseListFilter, resourceVersionProblem } from './listObjects';
import type { ListOptions } from './parseListOptions';
import { expired, StatusError } from './StatusError';
import { apiVersion, type ResourceType } from './ResourceType';

type WatchEventType = StoreEvent['type'] | 'BOOKMARK' | 'ERROR';

type EmitWatchEvent = (type: WatchEventType, object: unknown) => void;

const BOOKMARK_INTERVAL = 60_000;

/**
 * Emits the events of a watch until it is stopped.
 *
 * @returns a function that stops the watch.
 */
export function watchObjects(options: {
  store: ObjectStore;
  type: ResourceType;
  namespace: string | undefined;
  listOptions: ListOptions;
  emit: EmitWatchEvent;
}): () => void {
  const { store, type, namespace, listOptions, emit } = options;
  const isSelected = parseListFilter(type, namespace, listOptions);
  const { allowWatchBookmarks, sendInitialEvents, resourceVersion } =
    listOptions;
  const problem = resourceVersion && resourceVersionProblem(resourceVersion);
  if (problem) {
    // As the API server: a plain error, for which it has no reason.
    throw new StatusError(500, '', problem);
  }
  const version = Number(resourceVersion);
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
      emitSelected(event, isSelected, emit);
    }
  };

  if (sendInitialEvents || version === 0) {
    for (const object of store.list(type.plural).filter(isSelected)) {
      emit('ADDED', object);
    }
    if (sendInitialEvents && allowWatchBookmarks) {
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
  const timer = allowWatchBookmarks
    ? setInterval(bookmark, BOOKMARK_INTERVAL)
    : undefined;
  return () => {
    unsubscribe();
    clearInterval(timer);
  };
}

/** Emits a change as seen through the selectors: an object that starts to match is added, one that stops is deleted. */
function emitSelected(
  event: StoreEvent,
  matches: (object: KubernetesObject) => boolean,
  emit: EmitWatchEvent,
): void {
  const before = event.previous !== undefined && matches(event.previous);
  const now = event.type !== 'DELETED' && matches(event.object);
  if (now) {
    emit(before ? 'MODIFIED' : 'ADDED', event.object);
  } else if (before) {
    emit('DELETED', event.object);
  }
}
