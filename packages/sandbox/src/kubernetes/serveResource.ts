import type { ApiRequest } from './ApiRequest';
import type { KubernetesObject } from './KubernetesObject';
import { listObjects } from './listObjects';
import { type ListOptions, parseListOptions } from './parseListOptions';
import type { ResourcePath } from './parseResourcePath';
import { streamPodLogs } from './podLogs';
import { createRepresenter } from './represent';
import { sendJson } from './sendJson';
import { objectNotFound } from './StatusError';
import { findSubresource } from './subresources';
import { watchObjects } from './watchObjects';

/** Longest delay of a timer. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Serves get, list, watch and log requests for a resource. */
export function serveResource(path: ResourcePath, api: ApiRequest): void {
  const { namespace, name, subresource } = path;
  if (name === undefined) {
    serveCollection(path, api);
  } else if (subresource === 'log') {
    streamPodLogs({ ...api, namespace, name });
  } else {
    serveObject({ ...path, name }, api);
  }
}

function serveObject(
  { type, namespace, name, subresource }: ResourcePath & { name: string },
  api: ApiRequest,
): void {
  const object = api.store.get(type.plural, namespace, name);
  if (!object) {
    throw objectNotFound(type, name);
  }
  const { mediaType, object: represent } = createRepresenter(type, api);
  const read = subresource && findSubresource(type, subresource)?.read;
  const body =
    subresource === 'scale' && read ? read(object) : represent(object);
  sendJson(api.response, 200, body, mediaType);
}

function serveCollection(path: ResourcePath, api: ApiRequest): void {
  const { type, namespace } = path;
  const { store, query, response } = api;
  const options = parseListOptions(query);
  if (options.watch) {
    serveWatch(path, options, api);
    return;
  }
  const representer = createRepresenter(type, api);
  const { objects, metadata } = listObjects(store, type, namespace, options);
  const body = representer.list(objects, { ...metadata });
  sendJson(response, 200, body, representer.mediaType);
}

function serveWatch(
  { type, namespace }: ResourcePath,
  listOptions: ListOptions,
  api: ApiRequest,
): void {
  const { store, request, response } = api;
  const representer = createRepresenter(type, api);
  let isFirst = true;
  const stopWatch = watchObjects({
    store,
    type,
    namespace,
    listOptions,
    emit: (eventType, object) => {
      if (!response.headersSent) {
        response.writeHead(200, { 'Content-Type': 'application/json' });
      }
      const isObject = eventType !== 'ERROR';
      const body = isObject
        ? representer.event(object as KubernetesObject, isFirst)
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
  const seconds = listOptions.timeoutSeconds || 1800 * (1 + Math.random());
  const timer = setTimeout(
    () => response.end(),
    Math.min(seconds * 1000, MAX_TIMEOUT_MS),
  );
  const cleanUp = () => {
    clearTimeout(timer);
    stopWatch();
  };
  response.on('close', cleanUp);
  request.on('close', cleanUp);
}
