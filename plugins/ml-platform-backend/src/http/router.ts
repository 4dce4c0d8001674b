import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { measureRequests } from './measureRequests';
import { privateResponses } from './privateResponses';
import { createOpenApiRouter } from './openapi/openApiRouter';
import { documentedRoutes } from './openapi/routes';

/** All routes of the plugin; each part parses, authorises and delegates for itself. */
export function createRouter(options: {
  parts: Router[];
  /** What ETags are made with. */
  answerKey: Buffer;
}): Router {
  const { parts, answerKey } = options;
  const router = PromiseRouter();
  router.use(measureRequests(), privateResponses(answerKey));
  router.use(createOpenApiRouter({ routers: parts, routes: documentedRoutes }));
  for (const part of parts) {
    router.use(part);
  }
  return router;
}
