/**
 * Records every route that is created in this process, and where routers are mounted: Express keeps neither. Load it before
 * Express. It sends the routes to the parent process when that asks for them.
 */
import type { Application, RequestHandler } from 'express';

interface RecordedLayer {
  /** The path that `use`, `get`… was called with. */
  mountPath?: unknown;
  /** Routers have a stack of layers. */
  handle: RequestHandler & { stack?: RecordedLayer[] };
  name: string;
  route?: RecordedRoute;
}

interface RecordedRoute {
  path: unknown;
  methods: Record<string, boolean>;
  /** Stack trace of its creation. */
  createdAt: string;
}

type LayerConstructor = new (...args: unknown[]) => RecordedLayer;
type RouteConstructor = new (...args: unknown[]) => RecordedRoute;

const createdRoutes: RecordedRoute[] = [];
const createdApps: Application[] = [];

replaceExport<LayerConstructor>(
  'express/lib/router/layer',
  Layer =>
    new Proxy(Layer, {
      apply: (_target, _self, args) => recordLayer(new Layer(...args), args),
      construct: (_target, args) => recordLayer(new Layer(...args), args),
    }),
);
replaceExport<RouteConstructor>(
  'express/lib/router/route',
  Route =>
    new Proxy(Route, {
      construct: (_target, args) => {
        const route = new Route(...args);
        route.createdAt = new Error().stack ?? '';
        createdRoutes.push(route);
        return route;
      },
    }),
);

// Last, because it loads the others.
replaceExport<() => Application>(
  'express/lib/express',
  createApplication =>
    new Proxy(createApplication, {
      apply: () => {
        const app = createApplication();
        createdApps.push(app);
        return app;
      },
    }),
);

function recordLayer(layer: RecordedLayer, [path]: unknown[]): RecordedLayer {
  layer.mountPath = path;
  return layer;
}

function replaceExport<T>(module: string, replace: (original: T) => T) {
  const file = require.resolve(module);
  require(file);
  require.cache[file]!.exports = replace(require.cache[file]!.exports);
}

/** The routes and the middleware of a running backend. */
export interface FoundRoutes {
  /** `GET /api/catalog/entities`. */
  routes: string[];
  /** `/api/kubernetes/proxy (<anonymous>)`: functions that are mounted with `use` and are not routers, with their names. */
  middleware: string[];
  /** Routes that the walk did not reach because a function hides their router, with the stack trace of their creation. */
  unreached: string[];
}

process.on('message', message => {
  if (message === 'findRoutes') {
    process.send?.({ type: 'routes', found: findRoutes() });
  }
});
// Waiting for the parent's questions must not keep the process alive.
process.channel?.unref();

/** Walks everything that is mounted below the backend's own app, which is the one with Backstage's security headers. */
function findRoutes(): FoundRoutes {
  const isRoot = (app: Application) =>
    app._router?.stack.some(
      ({ name }: RecordedLayer) => name === 'helmetMiddleware',
    );
  const root = createdApps.find(isRoot)!;
  const innerApps = createdApps.filter(app => !isRoot(app));
  const routes = new Set<string>();
  const middleware = new Set<string>();
  const reached = new Set<RecordedRoute>();
  walk(root._router.stack, '');
  return {
    routes: [...routes].sort(),
    middleware: [...middleware].sort(),
    unreached: createdRoutes
      .filter(route => !reached.has(route))
      .map(({ path, createdAt }) => `${path}\n${createdAt}`),
  };

  function walk(layers: RecordedLayer[], prefix: string) {
    for (const layer of layers) {
      for (const path of [layer.mountPath].flat()) {
        visit(layer, join(prefix, path));
      }
    }
  }

  function visit({ handle, name, route }: RecordedLayer, path: string) {
    // The router of Backstage's plugins wraps apps, so that a layer does not tell which one it has.
    const app = name === 'app' ? innerApps.shift() : undefined;
    const inner = handle.stack ?? app?._router.stack;
    if (route) {
      reached.add(route);
      for (const method of Object.keys(route.methods)) {
        routes.add(
          `${method === '_all' ? 'ALL' : method.toUpperCase()} ${path}`,
        );
      }
    } else if (inner) {
      walk(inner, path);
    } else {
      middleware.add(`${path} (${name})`);
    }
  }
}

function join(prefix: string, path: unknown): string {
  return `${prefix}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
}
