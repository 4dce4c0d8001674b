import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { measureRequests } from './access/measureRequests';

/** All routes of the plugin; each part parses, authorises and delegates for itself. */
export function createRouter(parts: Router[]): Router {
  const router = PromiseRouter();
  router.use(measureRequests());
  for (const part of parts) {
    router.use(part);
  }
  return router;
}
