import type { IncomingMessage, RequestListener } from 'node:http';
import { isLoopbackHost } from '../http/serve';
import type { ApiHandlerOptions, ApiRequest } from './ApiRequest';
import {
  isServedGroup,
  parseResourcePath,
  type ResourcePath,
} from './parseResourcePath';
import { createRefusal } from './refusals';
import { createReview, isReview } from './reviews';
import { sendJson } from './sendJson';
import { isDiff, serveDiff } from './serveDiff';
import { serveNonResource } from './serveNonResource';
import { serveResource } from './serveResource';
import { methodNotAllowed, pathNotFound, StatusError } from './StatusError';
import { findSubresource } from './subresources';

const PORTAL_TOKEN = 'sandbox-portal-token';

/** Creates the Kubernetes REST API of a store. Reads are served; writes are refused with the way to make them in Git. */
export function createApiHandler(options: ApiHandlerOptions): RequestListener {
  return async (request, response) => {
    const [path, query] = (request.url ?? '/').split('?');
    try {
      authenticate(request);
      await handleRequest(path.replace(/\/$/, ''), {
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

/** Accepts requests from this machine, with the portal's token or without one. */
function authenticate(request: IncomingMessage): void {
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
  if (request.headers['impersonate-user'] !== undefined) {
    throw new StatusError(
      403,
      'Forbidden',
      'this is the sandbox, in which nobody can be impersonated',
    );
  }
}

async function handleRequest(path: string, api: ApiRequest): Promise<void> {
  const { request, response } = api;
  const resource = parseResourcePath(path);
  if (resource) {
    await handleResource(resource, api);
  } else if (serveNonResource(path, api)) {
    // Served.
  } else if (isServedGroup(path)) {
    throw pathNotFound();
  } else {
    request.resume();
    response
      .writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' })
      .end('404 page not found\n');
  }
}

async function handleResource(
  path: ResourcePath,
  api: ApiRequest,
): Promise<void> {
  const method = api.request.method ?? '';
  if (!methodsOf(path).includes(method)) {
    throw methodNotAllowed();
  }
  if (method === 'GET' && isReadable(path)) {
    serveResource(path, api);
  } else if (isReview(path.type)) {
    await createReview(path.type, api);
  } else if (path.subresource === undefined && isDiff(api)) {
    await serveDiff(path, api);
  } else {
    throw await createRefusal(path, api);
  }
}

/** The methods that API servers offer for a resource, refused here or not. */
function methodsOf({ type, name, subresource }: ResourcePath): string[] {
  if (subresource !== undefined) {
    return findSubresource(type, subresource)?.methods ?? [];
  }
  if (!type.verbs.includes('list')) {
    return name === undefined ? ['POST'] : [];
  }
  return name === undefined
    ? ['GET', 'POST', 'DELETE']
    : ['GET', 'PUT', 'PATCH', 'DELETE'];
}

function isReadable({ type, subresource }: ResourcePath): boolean {
  return (
    subresource === undefined ||
    subresource === 'log' ||
    findSubresource(type, subresource)?.read !== undefined
  );
}
