import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { measureRequests } from './measureRequests';
import { createDocument } from './openapi/createDocument';
import { privateResponses } from './privateResponses';
import { retryAfter } from './retryAfter';
import type { Route, RouteContext } from './Route';

/** All routes of the plugin, and `GET /openapi.json`, which describes them. */
export function createRouter(
  options: RouteContext & {
    routes: Route[];
    /** Key that ETags are made with; see `etagKey`. */
    etagKey: Buffer;
  },
): Router {
  const { routes, etagKey, ...context } = options;
  const router = PromiseRouter();
  router.use(measureRequests(), privateResponses(etagKey));
  const document = createDocument(routes);
  router.get('/openapi.json', (_, response) => {
    response.json(document);
  });
  for (const { method, path, handlers } of routes) {
    router[method](path, ...handlers(context));
  }
  router.use(retryAfter);
  return router;
}
