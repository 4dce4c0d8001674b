import type {
  Event,
  PersistentVolumeClaim,
  WithMetadata,
} from '@internal/plugin-ml-platform-node';
import { HealthClock } from './HealthClock';

/** State of a node that cannot run pods. */
export type NodeProblem = 'not-ready' | 'unreachable' | 'removed';

/** Objects that explain the state of a pod. */
export interface PodContext {
  /** Warning events about an object, newest first. */
  eventsOf: (object: WithMetadata) => Event[];
  claims: PersistentVolumeClaim[];
  clock: HealthClock;
  /** Problem of the node with that name; `none` when it is ready, undefined when its state is not known. */
  nodeProblem: (name: string) => NodeProblem | 'none' | undefined;
}

/** Context of a deleted pod, whose events, claims and node are no longer known. */
export const NO_CONTEXT: PodContext = {
  eventsOf: () => [],
  claims: [],
  // Nothing is overdue.
  clock: new HealthClock(0),
  nodeProblem: () => undefined,
};
