import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { limitOpenRequests } from './limitOpenRequests';
import { limitWebSockets } from './limitWebSockets';
import { parseJson } from './parseJson';
import { requireCanonicalPath } from './requireCanonicalPath';

/** Limits of every request, whichever plugin responds. */
export default rootHttpRouterServiceFactory({
  configure: ({ app, server, middleware, applyDefaults }) => {
    app.use(
      '/api',
      requireCanonicalPath,
      limitWebSockets(server),
      parseJson,
      limitOpenRequests(),
      middleware.error(),
    );
    applyDefaults();
  },
});
