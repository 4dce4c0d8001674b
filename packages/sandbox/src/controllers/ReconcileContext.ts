import type { ObjectStore } from '../kubernetes/ObjectStore';

/** State and functions available to a controller during one pass. */
export interface ReconcileContext {
  store: ObjectStore;
  /** The current time in milliseconds; constant during a pass. */
  now: number;
  /** Requests another pass at a time, even if no object changes until then. */
  requeueAt(time: number): void;
}

/** Brings the stored objects one step closer to their desired state. */
export type Controller = (context: ReconcileContext) => void;
