import type { IncomingMessage, RequestListener } from 'node:http';
import { isLoopbackHost } from '../http/serve';
import type { ApiHandlerOptions, ApiRequest } from './ApiRequest';
import {
  AGGREGATED_DISCOVERY_TYPE,
  discoveryDocument,
  VERSION_INFO,
} from './discovery';
import { isServedGroup, parseResourcePath } from './parseResourcePath';
import { sendJson } from './sendJson';
import { serveResource } from './serveResource';
import { StatusError } from './StatusError';

const PORTAL_TOKEN = 'sandbox-portal-token';
/** Path of Argo CD's page of an Application. The sandbox has no Argo CD UI and redirects to the object instead. */
const ARGOCD_UI_PATH = /^\/applications\/([a-z0-9-]+)$/;
const APPLICATIONS_API_PATH =
  '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';

/** Creates the read-only Kubernetes REST API of a store: discovery, get, list, watch and pod logs. */
export function createApiHandler(options: ApiHandlerOptions): RequestListener {
  return (request, response) => {
    const [path, query] = (request.url ?? '/').split('?');
    try {
      authorise(request);
      handleRequest(path.replace(/\/$/, ''), {
        ...options,
        request,
        response,
        query: new URLSearchParams(query),
      });
    } catch (error) {
      if (error instanceof StatusError) {
        sendJson(response, error.code, error.toStatus());
        return;
      }
      options.logger.error(
        `Kubernetes API: ${error instanceof Error ? error.stack : error}`,
      );
      const failure = new StatusError(
        500,
        'InternalError',
        'Internal error occurred',
      );
      sendJson(response, 500, failure.toStatus());
    }
  };
}

/** Allows reads from this machine, with the portal's token or without one. */
function authorise(request: IncomingMessage): void {
  if (!isLoopbackHost(request.headers.host)) {
    throw new StatusError(
      403,
      'Forbidden',
      'the sandbox is available on 127.0.0.1 and localhost only',
    );
  }
  const { authorization } = request.headers;
  if (
    authorization !== undefined &&
    authorization !== `Bearer ${PORTAL_TOKEN}`
  ) {
    throw new StatusError(401, 'Unauthorized', 'Unauthorized');
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new StatusError(
      405,
      'MethodNotAllowed',
      'the server does not allow this method on the requested resource',
    );
  }
}

function handleRequest(path: string, api: ApiRequest): void {
  const { request, response } = api;
  if (path === '/version') {
    sendJson(response, 200, VERSION_INFO);
    return;
  }
  if (['/healthz', '/livez', '/readyz'].includes(path)) {
    response.writeHead(200, { 'Content-Type': 'text/plain' }).end('ok');
    return;
  }
  const aggregated =
    request.headers.accept?.includes(AGGREGATED_DISCOVERY_TYPE) ?? false;
  const document = discoveryDocument(path, { aggregated });
  if (document) {
    sendJson(
      response,
      200,
      document,
      'items' in document ? AGGREGATED_DISCOVERY_TYPE : undefined,
    );
    return;
  }
  const application = ARGOCD_UI_PATH.exec(path);
  if (application) {
    const Location = `${APPLICATIONS_API_PATH}/${application[1]}`;
    response.writeHead(302, { Location }).end();
    return;
  }
  const resource = parseResourcePath(path);
  if (!resource && isServedGroup(path)) {
    throw new StatusError(
      404,
      'NotFound',
      'the server could not find the requested resource',
      {},
    );
  } else if (!resource) {
    response
      .writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' })
      .end('404 page not found\n');
  } else {
    serveResource(resource, api);
  }
}
