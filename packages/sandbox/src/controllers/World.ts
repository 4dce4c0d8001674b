import {
  type KubernetesObject,
  count,
  text,
  timestamp,
} from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';

/** What a controller sees and may do in one pass. */
export interface World {
  store: ObjectStore;
  /** Milliseconds; the same for the whole pass. */
  now: number;
  /** Asks for another pass at a time, when nothing happens before. */
  wakeAt(time: number): void;
}

/** Brings what is stored a step closer to what is asked for. */
export type Controller = (world: World) => void;

/** The same event within this time is the same occurrence. */
const REPEAT_AFTER = 60_000;
const EVENT_LIFETIME = 60 * 60_000;

/** Writes an event about an object, or counts the one that says the same. */
export function recordEvent(
  world: World,
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
  const { store, now } = world;
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
    if (now - Date.parse(String(same.lastTimestamp)) >= REPEAT_AFTER) {
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

let events = 0n;

/** As client-go names events: the object and the time in nanoseconds, so that their order is that of their names. */
function eventName(object: string, now: number): string {
  events += 1n;
  return `${object}.${(BigInt(now) * 1_000_000n + events).toString(16)}`;
}

/** Events are forgotten after an hour, as in a real cluster. */
export const expireEvents: Controller = ({ store, now, wakeAt }) => {
  for (const event of store.list('events')) {
    const expiry = Date.parse(String(event.lastTimestamp)) + EVENT_LIFETIME;
    if (expiry <= now) {
      store.delete(event);
    } else {
      wakeAt(expiry);
    }
  }
};
