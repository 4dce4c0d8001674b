import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { hideInternalErrors } from './hideInternalErrors';
import { limitOpenRequests } from './limitOpenRequests';
import { limitQuery } from './limitQuery';
import { limitWebSockets } from './limitWebSockets';
import { parseJson } from './parseJson';
import { requireCanonicalPath } from './requireCanonicalPath';

/** Limits of every request, whichever plugin responds. */
export default rootHttpRouterServiceFactory({
  configure: ({ app, logger, server, middleware, applyDefaults }) => {
    app.use(hideInternalErrors(logger));
    app.use(
      '/api',
      requireCanonicalPath,
      limitQuery,
      limitWebSockets(server),
      parseJson,
      limitOpenRequests(),
      middleware.error(),
    );
    applyDefaults();
  },
});
