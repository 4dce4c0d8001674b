import { randomUUID } from 'node:crypto';
import { withDefaults } from '../controllers/withDefaults';
import type { ApiRequest } from './ApiRequest';
import { applyPatch } from './applyPatch';
import { type Draft, type Fields, timestamp } from './KubernetesObject';
import type { ResourcePath } from './parseResourcePath';
import { parseObject, readBody } from './readBody';
import { sendJson } from './sendJson';
import { badRequest, objectNotFound } from './StatusError';

/** Returns true for the dry run of `kubectl diff`, which asks what a manifest would change, and does not mean to apply it. */
export function isDiff({ request, query }: ApiRequest): boolean {
  return (
    request.headers['kubectl-command'] === 'kubectl diff' &&
    query.get('dryRun') === 'All' &&
    ['PATCH', 'POST'].includes(request.method ?? '')
  );
}

/** Sends the object that a manifest or patch would lead to. Nothing is stored. */
export async function serveDiff(
  { type, namespace, name }: ResourcePath,
  { request, response, store, now }: ApiRequest,
): Promise<void> {
  const body = parseObject(await readBody(request));
  if (!body) {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${type.kind})`,
    );
  }
  const contentType = request.headers['content-type'] ?? '';
  const live =
    name === undefined ? undefined : store.get(type.plural, namespace, name);
  if (live) {
    const isStrategic = !contentType.startsWith('application/merge-patch');
    const patched = applyPatch(live as Fields, body, isStrategic);
    sendJson(response, 200, withDefaults(dropEmptyMaps(patched as Draft)));
    return;
  }
  if (
    name !== undefined &&
    !contentType.startsWith('application/apply-patch')
  ) {
    throw objectNotFound(type, name);
  }
  const draft = withDefaults(dropEmptyMaps(body as unknown as Draft));
  sendJson(response, 201, {
    ...draft,
    metadata: {
      ...draft.metadata,
      uid: randomUUID(),
      creationTimestamp: timestamp(now()),
    },
  });
}

/** Removes empty annotations and labels, which kubectl adds and the API server omits. */
function dropEmptyMaps(draft: Draft): Draft {
  const { annotations = {}, labels = {}, ...metadata } = draft.metadata;
  return {
    ...draft,
    metadata: {
      ...metadata,
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ...(Object.keys(labels).length > 0 && { labels }),
    },
  };
}
