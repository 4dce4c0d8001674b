import type { IncomingMessage } from 'node:http';
import { parse } from 'yaml';
import { type Fields, isFields } from './KubernetesObject';
import { decodeReview } from './protobuf';
import type { ResourceType } from './ResourceType';
import { badRequest, StatusError } from './StatusError';

/** Limit of the API server for request bodies. */
const MAX_BODY_BYTES = 3 * 1024 * 1024;
const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const ACCEPTED = ['application/json', 'application/yaml', PROTOBUF];

/** Reads a request body. @throws StatusError (413) for a body that is too large. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The end of the loop must not destroy the request: its socket carries the response.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      break;
    }
    chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) {
    // Clients read the response after they have sent the rest.
    request.resume();
    throw new StatusError(
      413,
      'RequestEntityTooLarge',
      `Request entity too large: limit is ${MAX_BODY_BYTES}`,
    );
  }
  return Buffer.concat(chunks);
}

/** Parses the object in a request body, JSON or YAML; undefined when it is neither. */
export function parseObject(body: Buffer): Fields | undefined {
  const content = body.toString();
  try {
    // YAML parsers read JSON too, but far too slowly for large bodies.
    const object: unknown = /^\s*\{/.test(content)
      ? parseJson(content) ?? parse(content)
      : parse(content);
    return isFields(object) ? object : undefined;
  } catch {
    return undefined;
  }
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/**
 * Reads the review that a client creates.
 *
 * @throws StatusError (400, 413 or 415) with the messages of the API server
 */
export async function readReview(
  request: IncomingMessage,
  { kind }: ResourceType,
): Promise<Fields> {
  const contentType = (request.headers['content-type'] ?? ACCEPTED[0])
    .split(';')[0]
    .trim();
  if (!ACCEPTED.includes(contentType)) {
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${ACCEPTED.join(
        ', ',
      )}`,
    );
  }
  const body = await readBody(request);
  const review =
    contentType === PROTOBUF ? decodeReview(kind, body) : parseObject(body);
  if (!review) {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind`,
    );
  }
  return review;
}
