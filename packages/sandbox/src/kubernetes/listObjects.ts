import { isFields, type KubernetesObject } from './KubernetesObject';
import {
  ExpiredVersionError,
  objectKey,
  type ObjectStore,
} from './ObjectStore';
import { parseFieldSelector } from './fieldSelector';
import { parseLabelSelector } from './labelSelector';
import { integerProblem, type ListOptions } from './parseListOptions';
import type { ObjectPredicate } from './selectors';
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
  options: ListOptions,
): ObjectPredicate {
  const labels = parseLabelSelector(options.labelSelector);
  const fields = parseFieldSelector(type, options.fieldSelector);
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
  options: ListOptions,
): ObjectList {
  const matches = parseListFilter(type, namespace, options);
  const { limit, continueToken, labelSelector, fieldSelector } = options;
  const position = continueToken
    ? decodeContinueToken(continueToken, options)
    : undefined;
  const version =
    position?.version ??
    (position ? undefined : exactResourceVersion(store, options)) ??
    store.version;
  const matching = listAtVersion(store, type, version, position).filter(
    matches,
  );
  const rest = position
    ? matching.filter(
        ({ metadata }) =>
          objectKey(metadata.namespace, metadata.name) > position.after,
      )
    : matching;
  if (limit <= 0 || rest.length <= limit) {
    return { objects: rest, metadata: { resourceVersion: String(version) } };
  }
  const objects = rest.slice(0, limit);
  const last = objects[limit - 1].metadata;
  const isSelective = labelSelector || fieldSelector;
  return {
    objects,
    metadata: {
      resourceVersion: String(version),
      continue: encodeContinueToken(
        version,
        objectKey(last.namespace, last.name),
      ),
      ...(!isSelective && { remainingItemCount: rest.length - limit }),
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
  options: ListOptions,
): number | undefined {
  const { resourceVersion, resourceVersionMatch, limit } = options;
  const version = parseResourceVersion(resourceVersion);
  if (version !== undefined && version > store.version) {
    throw new StatusError(
      504,
      'Timeout',
      `Timeout: Too large resource version: ${resourceVersion}, current: ${store.version}`,
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
  const isExact =
    resourceVersionMatch === 'Exact' ||
    (resourceVersionMatch === '' && limit > 0 && version);
  return isExact ? version : undefined;
}

/** Parses the resource version of a list. @throws StatusError (400) when it is not a number. */
function parseResourceVersion(version: string): number | undefined {
  const problem = version && resourceVersionProblem(version);
  if (problem) {
    throw badRequest(`invalid resource version: ${problem}`);
  }
  return version ? Number(version) : undefined;
}

/** The API server's message for a resource version that is not a number. */
export function resourceVersionProblem(version: string): string | undefined {
  const problem = integerProblem(version, 'Uint');
  return (
    problem &&
    `resourceVersion: Invalid value: ${JSON.stringify(version)}: ${problem}`
  );
}

function encodeContinueToken(version: number, after: string): string {
  const token = { v: 'meta.k8s.io/v1', rv: version, start: after };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/**
 * Parses a continue token.
 *
 * @throws StatusError (400)
 * @see kubernetes/apiserver v0.36 pkg/storage/continue.go
 */
function decodeContinueToken(
  token: string,
  { resourceVersion }: ListOptions,
): ContinuePosition {
  const { v, rv, start } = parseToken(token);
  if (v !== 'meta.k8s.io/v1') {
    throw invalidToken(
      `continue key is not valid: server does not recognize this encoded version ${
        v ?? ''
      }`,
    );
  }
  if (!Number.isInteger(rv) || rv === 0) {
    throw invalidToken(
      'continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)',
    );
  }
  if (typeof start !== 'string' || start === '') {
    throw invalidToken(
      'continue key is not valid: encoded start key empty (version meta.k8s.io/v1)',
    );
  }
  if (resourceVersion && resourceVersion !== '0') {
    throw badRequest(
      'specifying resource version is not allowed when using continue',
    );
  }
  return { version: Number(rv) < 0 ? undefined : Number(rv), after: start };
}

function parseToken(token: string): {
  v?: unknown;
  rv?: unknown;
  start?: unknown;
} {
  const illegal = /[^A-Za-z0-9_-]/.exec(token)?.index;
  if (illegal !== undefined || token.length % 4 === 1) {
    throw invalidToken(
      `continue key is not valid: illegal base64 data at input byte ${
        illegal ?? token.length - 1
      }`,
    );
  }
  const bytes = Buffer.from(token, 'base64url');
  try {
    const content: unknown = JSON.parse(bytes.toString());
    if (isFields(content)) {
      return content;
    }
  } catch {
    // Reported below: the token is malformed.
  }
  const first = String.fromCharCode(bytes[0]);
  const character = /[ -~]/.test(first)
    ? first
    : `\\u${bytes[0].toString(16).padStart(4, '0')}`;
  throw invalidToken(
    `continue key is not valid: invalid character '${character}' looking for beginning of value`,
  );
}

function invalidToken(problem: string): StatusError {
  return badRequest(`invalid continue token: ${problem}`);
}
