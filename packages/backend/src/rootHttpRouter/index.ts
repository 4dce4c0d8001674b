import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';

/**
 * The scheduler's routes, which the portal disables: with them every signed-in user can trigger and cancel the scheduled
 * tasks of every plugin, and Backstage checks no permission that a policy could deny.
 */
const SCHEDULER = /^\/api\/[^/]+\/\.backstage\/scheduler(?=\/|$)/i;

export default rootHttpRouterServiceFactory({
  configure: ({ app, middleware, applyDefaults }) => {
    app.use(SCHEDULER, middleware.notFound());
    applyDefaults();
  },
});
