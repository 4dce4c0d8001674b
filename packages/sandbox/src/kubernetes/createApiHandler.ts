import type {
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from 'node:http';
import type { SandboxLogger } from '../logger';
import type { KubernetesObject } from './KubernetesObject';
import type { ObjectStore } from './ObjectStore';
import { AGGREGATED, discoveryDocument, VERSION } from './discovery';
import { listObjects } from './listObjects';
import { streamPodLogs } from './podLogs';
import { apiVersion, resourceTypes, type ResourceType } from './resourceTypes';
import { notFound, StatusError } from './statuses';
import { type IncludeObject, toTable } from './table';
import { isTrue, watchObjects } from './watchObjects';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const PORTAL_TOKEN = 'sandbox-portal-token';
/** Where Argo CD has a page for an Application. The sandbox has no such pages, so links to them lead to the object. */
const ARGOCD_PAGE = /^\/applications\/([a-z0-9-]+)$/;
const APPLICATIONS =
  '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';

interface ApiContext {
  store: ObjectStore;
  now: () => number;
  logger: SandboxLogger;
}

interface ApiRequest extends ApiContext {
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
}

/** The Kubernetes REST API over a store, for readers: get, list, watch and pod logs. */
export function createApiHandler(context: ApiContext): RequestListener {
  return (request, response) => {
    const [path, query] = (request.url ?? '/').split('?');
    try {
      authorise(request);
      serve(path.replace(/\/$/, ''), {
        ...context,
        request,
        response,
        query: new URLSearchParams(query),
      });
    } catch (error) {
      if (error instanceof StatusError) {
        sendJson(response, error.code, error.toStatus());
        return;
      }
      context.logger.error(
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

/** Only programs of this machine come here, as the portal or as nobody; nobody writes. */
function authorise(request: IncomingMessage): void {
  // A web page whose name was rebound to 127.0.0.1 must not get in.
  if (!LOOPBACK.test(request.headers.host ?? '')) {
    throw new StatusError(
      403,
      'Forbidden',
      'the sandbox answers on 127.0.0.1 and localhost only',
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

function serve(path: string, api: ApiRequest): void {
  const { request, response } = api;
  if (path === '/version') {
    sendJson(response, 200, VERSION);
    return;
  }
  if (['/healthz', '/livez', '/readyz'].includes(path)) {
    response.writeHead(200, { 'Content-Type': 'text/plain' }).end('ok');
    return;
  }
  const aggregated = request.headers.accept?.includes(AGGREGATED) ?? false;
  const document = discoveryDocument(path, { aggregated });
  if (document) {
    sendJson(
      response,
      200,
      document,
      'items' in document ? AGGREGATED : undefined,
    );
    return;
  }
  const application = ARGOCD_PAGE.exec(path);
  if (application) {
    const Location = `${APPLICATIONS}/${application[1]}`;
    response.writeHead(302, { Location }).end();
    return;
  }
  const target = parsePath(path);
  if (!target && isGroupVersion(path)) {
    throw new StatusError(
      404,
      'NotFound',
      'the server could not find the requested resource',
      {},
    );
  } else if (!target) {
    response
      .writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' })
      .end('404 page not found\n');
  } else if (target.name === undefined) {
    serveCollection(target, api);
  } else if (target.subresource === undefined) {
    serveObject({ ...target, name: target.name }, api);
  } else {
    const { namespace, name } = target;
    streamPodLogs({ ...api, namespace, name });
  }
}

interface Target {
  type: ResourceType;
  namespace?: string;
  name?: string;
  subresource?: 'log';
}

function parsePath(path: string): Target | undefined {
  const segments = path.split('/').slice(1);
  const group = segments[0] === 'apis' ? segments[1] : '';
  const [version, ...rest] = segments.slice(segments[0] === 'apis' ? 2 : 1);
  const find = (plural: string) =>
    resourceTypes.find(
      type =>
        type.group === group &&
        type.version === version &&
        type.plural === plural,
    );
  const namespaced = rest[0] === 'namespaces' && rest.length > 2;
  const [plural, name, subresource] = namespaced ? rest.slice(2) : rest;
  const type = ['api', 'apis'].includes(segments[0]) ? find(plural) : undefined;
  const isLog = subresource === 'log' && type?.kind === 'Pod' && namespaced;
  if (
    !type ||
    (namespaced && !type.namespaced) ||
    // A single object of a namespaced type is found below its namespace only.
    (name !== undefined && type.namespaced !== namespaced) ||
    (subresource !== undefined && !isLog) ||
    rest.length > (namespaced ? 5 : 3)
  ) {
    return undefined;
  }
  return {
    type,
    namespace: namespaced ? rest[1] : undefined,
    name,
    ...(isLog && { subresource: 'log' }),
  };
}

/** Whether a path is below a version of a group that is served, as far as the group is known. */
function isGroupVersion(path: string): boolean {
  const [root, group] = path.split('/').slice(1);
  return root === 'apis' && resourceTypes.some(type => type.group === group);
}

function serveObject(target: Target & { name: string }, api: ApiRequest): void {
  const { type, namespace, name } = target;
  const object = api.store.get(type.plural, namespace, name);
  if (!object) {
    throw notFound(type, name);
  }
  const { resourceVersion } = object.metadata;
  const asTable = tableWriter(type, api);
  sendJson(
    api.response,
    200,
    asTable?.([object], { resourceVersion }) ?? object,
  );
}

function serveCollection(target: Target, api: ApiRequest): void {
  const { type, namespace } = target;
  const { store, query, response } = api;
  if (isTrue(query.get('watch'))) {
    serveWatch(target, api);
    return;
  }
  const { objects, metadata } = listObjects(store, type, namespace, query);
  const asTable = tableWriter(type, api);
  sendJson(
    response,
    200,
    asTable?.(objects, metadata) ?? {
      kind: `${type.kind}List`,
      apiVersion: apiVersion(type),
      metadata,
      items: type.custom ? objects : objects.map(withoutType),
    },
  );
}

/** Items of a built-in list do not repeat their type; those of custom resources do. */
function withoutType({ kind, apiVersion: version, ...rest }: KubernetesObject) {
  return rest;
}

function serveWatch({ type, namespace }: Target, api: ApiRequest): void {
  const { store, query, request, response } = api;
  const asTable = tableWriter(type, api);
  let first = true;
  const stop = watchObjects({
    store,
    type,
    namespace,
    query,
    emit: (eventType, object) => {
      if (!response.headersSent) {
        response.writeHead(200, { 'Content-Type': 'application/json' });
      }
      const isObject = eventType !== 'ERROR';
      const { resourceVersion } = (object as KubernetesObject).metadata;
      const body =
        isObject && asTable
          ? asTable([object as KubernetesObject], { resourceVersion }, first)
          : object;
      first &&= !isObject;
      response.write(`${JSON.stringify({ type: eventType, object: body })}\n`);
      if (!isObject) {
        response.end();
      }
    },
  });
  if (!response.headersSent) {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.flushHeaders();
  }
  // As the real server: half an hour to an hour, unless the client says how long.
  const seconds =
    Number(query.get('timeoutSeconds')) || 1800 * (1 + Math.random());
  const timer = setTimeout(() => response.end(), seconds * 1000);
  const end = () => {
    clearTimeout(timer);
    stop();
  };
  response.on('close', end);
  request.on('close', end);
}

/** Undefined when the client did not ask for a Table. */
function tableWriter(type: ResourceType, { request, query, now }: ApiRequest) {
  const accept = request.headers.accept ?? '';
  if (!accept.includes('as=Table') || !accept.includes('g=meta.k8s.io')) {
    return undefined;
  }
  const includeObject = (query.get('includeObject') ??
    'Metadata') as IncludeObject;
  return (
    objects: KubernetesObject[],
    metadata: Record<string, unknown>,
    withDefinitions = true,
  ) =>
    toTable({
      type,
      objects,
      metadata,
      includeObject,
      now: now(),
      withDefinitions,
    });
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  contentType = 'application/json',
): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
