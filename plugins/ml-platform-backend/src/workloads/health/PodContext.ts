import type {
  Event,
  PersistentVolumeClaim,
  WithMetadata,
} from '@internal/plugin-ml-platform-node';

/** Objects of a pod's namespace that explain its state. */
export interface PodContext {
  /** Warning events about an object, newest first. */
  eventsOf: (object: WithMetadata) => Event[];
  claims: PersistentVolumeClaim[];
}

/** Context of a deleted pod, whose events and claims are no longer known. */
export const NO_CONTEXT: PodContext = { eventsOf: () => [], claims: [] };
