import type { Router } from 'express';

/** The part of Express' routers that is looked at; its types do not have it. */
interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/** All routes of a router and of those inside it, for example `get /platform`. */
export function mountedRoutes(router: Router): string[] {
  return (router.stack as unknown as Layer[]).flatMap(routesOfLayer);
}

function routesOfLayer({ route, handle }: Layer): string[] {
  if (route) {
    return Object.keys(route.methods).map(method => `${method} ${route.path}`);
  }
  return (handle.stack ?? []).flatMap(routesOfLayer);
}
