import type { ApiRequest } from './ApiRequest';
import {
  AGGREGATED_DISCOVERY_TYPE,
  discoveryDocument,
  VERSION_INFO,
} from './discovery';
import { openApiDocument, openApiIndex } from './openapi/openApiDocument';
import { sendJson } from './sendJson';
import { methodNotAllowed, pathNotFound } from './StatusError';

/** Path of Argo CD's page of an Application. The sandbox has no Argo CD UI and redirects to the object instead. */
const ARGOCD_UI_PATH = /^\/applications\/([a-z0-9-]+)$/;
const APPLICATIONS_API_PATH =
  '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';
const HEALTH_PATH = /^\/(healthz|livez|readyz)(\/ping)?$/;

/** Serves health, version, discovery and schemas. @returns false for other paths. */
export function serveNonResource(path: string, api: ApiRequest): boolean {
  const serve = routeOf(path, api);
  if (!serve) {
    return false;
  }
  if (api.request.method !== 'GET') {
    throw methodNotAllowed();
  }
  serve();
  return true;
}

function routeOf(path: string, api: ApiRequest): (() => void) | undefined {
  const { request, response, query } = api;
  if (path === '/version') {
    return () => sendJson(response, 200, VERSION_INFO);
  }
  const health = HEALTH_PATH.exec(path);
  if (health) {
    const body = query.has('verbose')
      ? `[+]ping ok\n${health[1]} check passed\n`
      : 'ok';
    return () =>
      response
        .writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' })
        .end(body);
  }
  if (path === '/openapi/v2') {
    return () => {
      throw pathNotFound();
    };
  }
  const schemas = path.startsWith('/openapi/v3')
    ? schemasAt(path.slice('/openapi/v3/'.length))
    : undefined;
  if (schemas) {
    return () => sendJson(response, 200, schemas);
  }
  const aggregated =
    request.headers.accept?.includes(AGGREGATED_DISCOVERY_TYPE) ?? false;
  const document = discoveryDocument(path, { aggregated });
  if (document) {
    const type = 'items' in document ? AGGREGATED_DISCOVERY_TYPE : undefined;
    return () => sendJson(response, 200, document, type);
  }
  const application = ARGOCD_UI_PATH.exec(path);
  if (application) {
    const Location = `${APPLICATIONS_API_PATH}/${application[1]}`;
    return () => response.writeHead(302, { Location }).end();
  }
  return undefined;
}

/** The index of the schemas, or the document of a group and version. */
function schemasAt(path: string): object | undefined {
  return path === '' ? openApiIndex() : openApiDocument(path);
}
