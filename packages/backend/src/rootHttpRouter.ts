import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';

/**
 * Backstage lets everyone who is signed in trigger and cancel the scheduled tasks of every plugin, and asks no permission
 * that a policy could deny. Nothing of the portal uses those routes, so they do not exist.
 */
const SCHEDULER = /^\/api\/[^/]+\/\.backstage\/scheduler(?=\/|$)/i;

export default rootHttpRouterServiceFactory({
  configure: ({ app, middleware, applyDefaults }) => {
    app.use(SCHEDULER, middleware.notFound());
    applyDefaults();
  },
});
