import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { createDocument } from './createDocument';
import type { DocumentedRoute } from './DocumentedRoute';
import { mountedRoutes } from './mountedRoutes';

const PATH = '/openapi.json';

/**
 * `GET /openapi.json`: the routes of the routers, documented.
 *
 * @throws Error when a route is not documented, or a documented one does not exist: to be seen when the backend starts.
 */
export function createOpenApiRouter(options: {
  routers: Router[];
  routes: DocumentedRoute[];
}): Router {
  const { routers, routes } = options;
  const mounted = routers.flatMap(mountedRoutes);
  const documented = routes.map(({ method, path }) => `${method} ${path}`);
  const differences = [
    ...mounted
      .filter(route => !documented.includes(route))
      .map(route => `${route} is not documented`),
    ...documented
      .filter(route => !mounted.includes(route))
      .map(route => `${route} does not exist`),
  ];
  if (differences.length > 0) {
    throw new Error(`openapi/routes.ts: ${differences.join(', ')}`);
  }
  const document = createDocument(routes);
  const router = PromiseRouter();
  router.get(PATH, (_, response) => {
    response.json(document);
  });
  return router;
}
