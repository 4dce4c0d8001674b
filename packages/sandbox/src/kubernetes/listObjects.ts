import { type KubernetesObject } from './KubernetesObject';
import {
  ExpiredVersionError,
  objectKey,
  type ObjectStore,
} from './ObjectStore';
import {
  parseFieldSelector,
  parseLabelSelector,
  type ObjectPredicate,
} from './selectors';
import { badRequest, expired, StatusError } from './StatusError';
import type { ResourceType } from './ResourceType';

interface ObjectList {
  objects: KubernetesObject[];
  metadata: {
    resourceVersion: string;
    continue?: string;
    remainingItemCount?: number;
  };
}

/** Builds the predicate for the namespace and selectors of a list or watch request. */
export function parseListFilter(
  type: ResourceType,
  namespace: string | undefined,
  query: URLSearchParams,
): ObjectPredicate {
  const labels = parseLabelSelector(query.get('labelSelector') ?? undefined);
  const fields = parseFieldSelector(
    type,
    query.get('fieldSelector') ?? undefined,
  );
  return object =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    labels(object) &&
    fields(object);
}

/**
 * Lists one page of objects. All pages show the state of the first page, as long as its resource version is in the
 * history.
 */
export function listObjects(
  store: ObjectStore,
  type: ResourceType,
  namespace: string | undefined,
  query: URLSearchParams,
): ObjectList {
  const matches = parseListFilter(type, namespace, query);
  const limit = Number(query.get('limit') ?? 0);
  const token = query.get('continue');
  const position = token ? decodeContinueToken(token) : undefined;
  const version =
    position?.version ?? exactResourceVersion(store, query) ?? store.version;
  const matching = listAtVersion(store, type, version, position).filter(
    matches,
  );
  const rest = position
    ? matching.filter(
        ({ metadata }) =>
          objectKey(metadata.namespace, metadata.name) > position.after,
      )
    : matching;
  if (!limit || rest.length <= limit) {
    return { objects: rest, metadata: { resourceVersion: String(version) } };
  }
  const objects = rest.slice(0, limit);
  const last = objects[limit - 1].metadata;
  const selected = query.get('labelSelector') || query.get('fieldSelector');
  return {
    objects,
    metadata: {
      resourceVersion: String(version),
      continue: encodeContinueToken(
        version,
        objectKey(last.namespace, last.name),
      ),
      ...(!selected && { remainingItemCount: rest.length - limit }),
    },
  };
}

interface ContinuePosition {
  /** Undefined when the client accepts a list that is inconsistent with its earlier pages. */
  version?: number;
  /** Key of the last object of the previous page. */
  after: string;
}

function listAtVersion(
  store: ObjectStore,
  type: ResourceType,
  version: number,
  position?: ContinuePosition,
): KubernetesObject[] {
  try {
    return store.listAt(type.plural, version);
  } catch (error) {
    if (!(error instanceof ExpiredVersionError)) {
      throw error;
    }
    if (!position) {
      throw expired(`The resourceVersion for the provided list is too old.`);
    }
    throw expired(
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without ' +
        'the continue parameter, or use the continue token in this response to retrieve the remainder of the results. ' +
        'Continuing with the provided token results in an inconsistent list - objects that were created, modified, or ' +
        'deleted between the time the first chunk was returned and now may show up in the list.',
      encodeContinueToken(-1, position.after),
    );
  }
}

function exactResourceVersion(
  store: ObjectStore,
  query: URLSearchParams,
): number | undefined {
  const version = parseResourceVersion(query);
  if (version !== undefined && version > store.version) {
    throw new StatusError(
      504,
      'Timeout',
      `Timeout: Too large resource version: ${version}, current: ${store.version}`,
      {
        causes: [
          {
            reason: 'ResourceVersionTooLarge',
            message: 'Too large resource version',
          },
        ],
        retryAfterSeconds: 1,
      },
    );
  }
  return query.get('resourceVersionMatch') === 'Exact' ? version : undefined;
}

/** Parses the `resourceVersion` parameter. @throws StatusError (400) when it is not a number. */
export function parseResourceVersion(
  query: URLSearchParams,
): number | undefined {
  const version = query.get('resourceVersion');
  if (!version) {
    return undefined;
  }
  if (!/^\d+$/.test(version)) {
    throw badRequest(
      `resourceVersion: Invalid value: ${JSON.stringify(
        version,
      )}: must be a number`,
    );
  }
  return Number(version);
}

function encodeContinueToken(version: number, after: string): string {
  const token = { v: 'meta.k8s.io/v1', rv: version, start: after };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function decodeContinueToken(token: string): ContinuePosition {
  try {
    const { rv, start } = JSON.parse(
      Buffer.from(token, 'base64url').toString(),
    );
    if (Number.isInteger(rv) && typeof start === 'string') {
      return { version: rv < 0 ? undefined : rv, after: start };
    }
  } catch {
    // Fall through: the token is malformed.
  }
  throw badRequest(
    'continue key is not valid: it is not a token of this server',
  );
}
