import type { Route } from './http/Route';

/** A part of the plugin. `plugin.ts` mounts its routes and ties it to the backend's lifecycle. */
export interface Feature {
  routes: Route[];
  start?: () => Promise<void>;
  stop?: () => Promise<void> | void;
}
