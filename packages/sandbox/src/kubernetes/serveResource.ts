import type { KubernetesObject } from './KubernetesObject';
import type { ApiRequest } from './ApiRequest';
import { listObjects } from './listObjects';
import type { ResourcePath } from './parseResourcePath';
import { streamPodLogs } from './podLogs';
import { sendJson } from './sendJson';
import { objectNotFound } from './StatusError';
import { type IncludeObject, toTable } from './table';
import { isTrueParameter, watchObjects } from './watchObjects';
import { apiVersion, type ResourceType } from './ResourceType';

/** Serves get, list, watch and log requests for a resource. */
export function serveResource(path: ResourcePath, api: ApiRequest): void {
  const { namespace, name, subresource } = path;
  if (name === undefined) {
    serveCollection(path, api);
  } else if (subresource === undefined) {
    serveObject({ ...path, name }, api);
  } else {
    streamPodLogs({ ...api, namespace, name });
  }
}

function serveObject(
  { type, namespace, name }: ResourcePath & { name: string },
  api: ApiRequest,
): void {
  const object = api.store.get(type.plural, namespace, name);
  if (!object) {
    throw objectNotFound(type, name);
  }
  const { resourceVersion } = object.metadata;
  const asTable = tableWriter(type, api);
  sendJson(
    api.response,
    200,
    asTable?.([object], { resourceVersion }) ?? object,
  );
}

function serveCollection(path: ResourcePath, api: ApiRequest): void {
  const { type, namespace } = path;
  const { store, query, response } = api;
  if (isTrueParameter(query.get('watch'))) {
    serveWatch(path, api);
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
      items: type.custom ? objects : objects.map(dropTypeMeta),
    },
  );
}

/** Removes kind and apiVersion, which the API server omits from the items of built-in lists. */
function dropTypeMeta({
  kind,
  apiVersion: version,
  ...rest
}: KubernetesObject) {
  return rest;
}

function serveWatch({ type, namespace }: ResourcePath, api: ApiRequest): void {
  const { store, query, request, response } = api;
  const asTable = tableWriter(type, api);
  let isFirst = true;
  const stopWatch = watchObjects({
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
          ? asTable([object as KubernetesObject], { resourceVersion }, isFirst)
          : object;
      isFirst &&= !isObject;
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
  // The API server's default: a random time between 30 and 60 minutes.
  const seconds =
    Number(query.get('timeoutSeconds')) || 1800 * (1 + Math.random());
  const timer = setTimeout(() => response.end(), seconds * 1000);
  const cleanUp = () => {
    clearTimeout(timer);
    stopWatch();
  };
  response.on('close', cleanUp);
  request.on('close', cleanUp);
}

/** Returns a function that renders objects as a Table; undefined when the client does not accept one. */
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
