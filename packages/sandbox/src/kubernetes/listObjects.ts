import { type KubernetesObject } from './KubernetesObject';
import { ExpiredVersionError, key, type ObjectStore } from './ObjectStore';
import type { ResourceType } from './resourceTypes';
import {
  parseFieldSelector,
  parseLabelSelector,
  type Matcher,
} from './selectors';
import { badRequest, expired, StatusError } from './statuses';

export interface ObjectList {
  objects: KubernetesObject[];
  metadata: {
    resourceVersion: string;
    continue?: string;
    remainingItemCount?: number;
  };
}

/** The namespace and selectors of a list or watch. */
export function parseSelection(
  type: ResourceType,
  namespace: string | undefined,
  query: URLSearchParams,
): Matcher {
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
 * One page of a list. All pages show the objects as they were when the first was made, for as long as the history
 * reaches back.
 */
export function listObjects(
  store: ObjectStore,
  type: ResourceType,
  namespace: string | undefined,
  query: URLSearchParams,
): ObjectList {
  const matches = parseSelection(type, namespace, query);
  const limit = Number(query.get('limit') ?? 0);
  const token = query.get('continue');
  const position = token ? parseToken(token) : undefined;
  const version =
    position?.version ?? exactVersion(store, query) ?? store.version;
  const matching = objectsAt(store, type, version, position).filter(matches);
  const rest = position
    ? matching.filter(
        ({ metadata }) =>
          key(metadata.namespace, metadata.name) > position.after,
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
      continue: makeToken(version, key(last.namespace, last.name)),
      ...(!selected && { remainingItemCount: rest.length - limit }),
    },
  };
}

interface Position {
  /** Undefined: the client accepts a list that is not consistent with its earlier pages. */
  version?: number;
  after: string;
}

function objectsAt(
  store: ObjectStore,
  type: ResourceType,
  version: number,
  position?: Position,
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
      makeToken(-1, position.after),
    );
  }
}

function exactVersion(
  store: ObjectStore,
  query: URLSearchParams,
): number | undefined {
  const version = parseVersion(query);
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

/** @throws StatusError (400) for what is not a version. */
export function parseVersion(query: URLSearchParams): number | undefined {
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

function makeToken(version: number, after: string): string {
  const token = { v: 'meta.k8s.io/v1', rv: version, start: after };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function parseToken(token: string): Position {
  try {
    const { rv, start } = JSON.parse(
      Buffer.from(token, 'base64url').toString(),
    );
    if (Number.isInteger(rv) && typeof start === 'string') {
      return { version: rv < 0 ? undefined : rv, after: start };
    }
  } catch {
    // Not a token of ours; said below.
  }
  throw badRequest(
    'continue key is not valid: it is not a token of this server',
  );
}
