/**
 * Middleware that is not a router and could therefore respond by itself: the `ALL` rows of `routes.ts` call a path below
 * each. The list leaves out the middleware that Backstage mounts in front of every plugin.
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
  '/api (<anonymous>)',
  '/api (limitQuery)',
  '/api (parseJson)',
  '/api (requireCanonicalPath)',
  '/api/app (serveStatic)',
  '/api/app (xFrameOptionsMiddleware)',
  '/api/app/static (<anonymous>)',
  '/api/app/static (serveStatic)',
  '/api/auth/:provider (<anonymous>)',
  '/api/auth/github (<anonymous>)',
  '/api/auth/oidc (<anonymous>)',
  '/api/catalog (refuseValidation)',
  '/api/events/http (rawParser)',
  '/api/kubernetes/proxy (<anonymous>)',
  '/api/ml-platform (retryAfter)',
  '/api/scaffolder (expressInit)',
  '/api/scaffolder (hideTasks)',
  '/api/scaffolder (query)',
  '/api/techdocs/static/docs (<anonymous>)',
  '/api/techdocs/static/docs (serveStatic)',
  '/api/techdocs/static/docs/:namespace/:kind/:name (<anonymous>)',
  '/static (<anonymous>)',
  '/static (serveStatic)',
];

/** Rate limit, life cycle, authentication, body parsers and OpenAPI validation of a plugin. */
const COMMON_MIDDLEWARE =
  /^\/api\/[^/]+(\/\.backstage\/actions|\/\.well-known\/backstage\/permissions(\/apply-conditions)?)? \((<anonymous>|middleware|jsonParser|cookieParser|urlencodedParser|(metadata|multipart|pathParams|request|security)Middleware)\)$/;

export function isCommonMiddleware(middleware: string): boolean {
  return COMMON_MIDDLEWARE.test(middleware);
}
