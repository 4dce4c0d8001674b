/**
 * What is mounted with `use` and is no router, so that it could answer for itself: the probes of `routes.ts` (`ALL`) ask
 * below each. Not named here: what Backstage mounts in front of every plugin.
 */
export const MIDDLEWARE = [
  '/ (<anonymous>)',
  '/ (compression)',
  '/ (corsMiddleware)',
  '/ (expressInit)',
  '/ (helmetMiddleware)',
  '/ (middleware)',
  '/ (query)',
  '/ (serveStatic)',
  '/ (xFrameOptionsMiddleware)',
  '/^\\/api\\/[^/]+\\/\\.backstage\\/scheduler(?=\\/|$)/i (<anonymous>)',
  '/api (<anonymous>)',
  '/api/app (serveStatic)',
  '/api/app (xFrameOptionsMiddleware)',
  '/api/app/static (<anonymous>)',
  '/api/app/static (serveStatic)',
  '/api/auth/:provider (<anonymous>)',
  '/api/events/http (rawParser)',
  '/api/kubernetes/proxy (<anonymous>)',
  '/api/scaffolder (expressInit)',
  '/api/scaffolder (query)',
  '/api/techdocs/static/docs (<anonymous>)',
  '/api/techdocs/static/docs (serveStatic)',
  '/api/techdocs/static/docs/:namespace/:kind/:name (<anonymous>)',
  '/static (<anonymous>)',
  '/static (serveStatic)',
];

/** Rate limit, life cycle, authentication, bodies and OpenAPI validation of a plugin, and of its parts. */
const OF_EVERY_PLUGIN =
  /^\/api\/[^/]+(\/\.backstage\/actions|\/\.well-known\/backstage\/permissions(\/apply-conditions)?)? \((<anonymous>|middleware|jsonParser|cookieParser|urlencodedParser|(metadata|multipart|pathParams|request|security)Middleware)\)$/;

export function isOfEveryPlugin(middleware: string): boolean {
  return OF_EVERY_PLUGIN.test(middleware);
}
