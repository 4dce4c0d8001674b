/** The points at which the tests kill a portal that runs a task of `ml-service`, in the order of a task. */
export const PAUSE_POINTS = [
  'before checkout',
  'after checkout',
  'after render',
  'after merge',
  'after validate',
  // The branch is pushed; the forge has not heard of the pull request.
  'before opening',
  // The forge has opened the pull request; the portal has not heard of it.
  'after opening',
  'after propose',
] as const;
export type PausePoint = (typeof PAUSE_POINTS)[number];

/** Environment variable of a portal that loads `pauseTasks.ts`: a `PauseOrder` as JSON. */
export const PAUSE_VARIABLE = 'TEST_PAUSE_TASKS';

export interface PauseOrder {
  /** Points by the name of the task's workload. */
  points: Record<string, PausePoint>;
  /** Stops the whole process at the first of these points (SIGSTOP). Otherwise each task waits for ever. */
  stopsProcess?: boolean;
}

/** Message to the parent process. */
export interface PausedMessage {
  type: 'paused';
  workload: string;
}
