import {
  type KubernetesObject,
  count,
  text,
  timestamp,
} from '../kubernetes/KubernetesObject';
import { type ReconcileContext, type Controller } from './ReconcileContext';

/** Repeated events within this interval are counted once. */
const AGGREGATION_INTERVAL_MS = 60_000;

const EVENT_TTL_MS = 60 * 60_000;

/** Creates an event about an object, or increases the count of an equal one. */
export function recordEvent(
  context: ReconcileContext,
  object: KubernetesObject,
  event: {
    type?: 'Normal' | 'Warning';
    reason: string;
    message: string;
    component: string;
    host?: string;
    fieldPath?: string;
  },
): void {
  const { store, now } = context;
  const {
    type = 'Normal',
    reason,
    message,
    component,
    host,
    fieldPath,
  } = event;
  const { name, uid, resourceVersion } = object.metadata;
  const namespace = object.metadata.namespace ?? 'default';
  const time = timestamp(now);
  const same = store
    .list('events', { namespace })
    .find(
      candidate =>
        text(candidate, 'involvedObject.uid') === uid &&
        candidate.reason === reason &&
        candidate.message === message &&
        text(candidate, 'involvedObject.fieldPath') === (fieldPath ?? ''),
    );
  if (same) {
    if (
      now - Date.parse(String(same.lastTimestamp)) >=
      AGGREGATION_INTERVAL_MS
    ) {
      store.update({
        ...same,
        lastTimestamp: time,
        count: count(same, 'count') + 1,
      });
    }
    return;
  }
  store.create({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: eventName(name, now), namespace },
    involvedObject: {
      kind: object.kind,
      namespace,
      name,
      uid,
      apiVersion: object.apiVersion,
      resourceVersion,
      ...(fieldPath && { fieldPath }),
    },
    reason,
    message,
    source: { component, ...(host && { host }) },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
    type,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: host ?? '',
  });
}

let eventCount = 0n;

/** Names an event as client-go does: the object's name and the time in nanoseconds, so that names sort by time. */
function eventName(object: string, now: number): string {
  eventCount += 1n;
  return `${object}.${(BigInt(now) * 1_000_000n + eventCount).toString(16)}`;
}

/** Deletes events after an hour, the default of the API server. */
export const expireEvents: Controller = ({ store, now, requeueAt }) => {
  for (const event of store.list('events')) {
    const expiry = Date.parse(String(event.lastTimestamp)) + EVENT_TTL_MS;
    if (expiry <= now) {
      store.delete(event);
    } else {
      requeueAt(expiry);
    }
  }
};
