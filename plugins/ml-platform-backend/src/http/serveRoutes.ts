import type {
  HttpAuthService,
  HttpRouterService,
} from '@backstage/backend-plugin-api';
import type { TeamAuthorizer } from '@internal/plugin-ml-platform-node';
import { etagKey } from './etagKey';
import type { Route } from './Route';
import { createRouter } from './router';
import { TeamAccess } from './TeamAccess';

/** Mounts the routes on the plugin's HTTP router. */
export function serveRoutes(options: {
  authorizer: TeamAuthorizer;
  /** Secret that ETags are keyed with, if the deployment has one. */
  etagSecret: string | undefined;
  httpAuth: HttpAuthService;
  httpRouter: HttpRouterService;
  routes: Route[];
}): void {
  const { authorizer, etagSecret, httpAuth, httpRouter, routes } = options;
  for (const { path, permission } of routes) {
    if (permission.unauthenticatedBecause) {
      httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
    }
  }
  httpRouter.use(
    createRouter({
      routes,
      access: new TeamAccess({ httpAuth, authorizer }),
      etagKey: etagKey(etagSecret),
    }),
  );
}
