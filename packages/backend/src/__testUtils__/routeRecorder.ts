/**
 * Remembers every route that anything makes in this process, and where everything is mounted: Express keeps neither.
 * To be loaded before Express.
 */
import type { Application, RequestHandler } from 'express';

interface RecordedLayer {
  /** What `use`, `get`… was called with. */
  mountPath?: unknown;
  /** A router has layers. */
  handle: RequestHandler & { stack?: RecordedLayer[] };
  name: string;
  route?: RecordedRoute;
}

interface RecordedRoute {
  path: unknown;
  methods: Record<string, boolean>;
  /** Where it was made: lines of a stack trace. */
  madeAt: string;
}

type LayerConstructor = new (...args: unknown[]) => RecordedLayer;
type RouteConstructor = new (...args: unknown[]) => RecordedRoute;

const madeRoutes: RecordedRoute[] = [];
const madeApps: Application[] = [];

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
        route.madeAt = new Error().stack ?? '';
        madeRoutes.push(route);
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
        madeApps.push(app);
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

/** What a running backend answers to. */
export interface FoundRoutes {
  /** `GET /api/catalog/entities`. */
  routes: string[];
  /** `/api/kubernetes/proxy (<anonymous>)`: what is mounted with `use` and is no router, by the name of its function. */
  middleware: string[];
  /** Routes that somebody made and that no walk reaches: their router hides in a function. With where they were made. */
  unreached: string[];
}

/** Walks everything that is mounted below the backend's own app: the one behind Backstage's security headers. */
export function findRoutes(): FoundRoutes {
  const isRoot = (app: Application) =>
    app._router?.stack.some(
      ({ name }: RecordedLayer) => name === 'helmetMiddleware',
    );
  const root = madeApps.find(isRoot)!;
  const innerApps = madeApps.filter(app => !isRoot(app));
  const routes = new Set<string>();
  const middleware = new Set<string>();
  const reached = new Set<RecordedRoute>();
  walk(root._router.stack, '');
  return {
    routes: [...routes].sort(),
    middleware: [...middleware].sort(),
    unreached: madeRoutes
      .filter(route => !reached.has(route))
      .map(({ path, madeAt }) => `${path}\n${madeAt}`),
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
