import type { IncomingMessage } from 'node:http';
import { isError } from '@backstage/errors';
import { UpstreamError } from '../../upstream';

/** The resource version is too old (HTTP 410). */
export class ExpiredError extends Error {}

/** The server does not serve the type. */
export class NotInstalledError extends Error {}

/** Longer `Retry-After` headers are cut to this. */
const MAX_RETRY_AFTER_MS = 120_000;

/**
 * Checks the status of a response. A successful one is left to be read.
 *
 * @throws ExpiredError, NotInstalledError, UpstreamError.
 */
export function expectSuccess(
  response: IncomingMessage,
  type: { optional: boolean },
): void {
  const status = response.statusCode ?? 0;
  if (status === 200) {
    return;
  }
  response.resume();
  throw statusError(status, type, retryAfter(response));
}

/** Creates the error for the status of a response, or for the code in the ERROR event of a watch. */
export function statusError(
  status: number,
  type: { optional: boolean },
  retryAfterMs?: number,
): Error {
  if (status === 410) {
    return new ExpiredError('The version is too old');
  }
  if (status === 404 && type.optional) {
    return new NotInstalledError('There is no such type');
  }
  return UpstreamError.fromStatus(status, { retryAfterMs });
}

function retryAfter(response: IncomingMessage): number | undefined {
  const seconds = Number(response.headers['retry-after']);
  return seconds > 0 ? Math.min(seconds * 1000, MAX_RETRY_AFTER_MS) : undefined;
}

/** Classifies anything that a request threw. */
export function toUpstreamError(error: unknown): UpstreamError {
  if (error instanceof UpstreamError) {
    return error;
  }
  // Transport errors have a code or are timeouts; anything else is a malformed response.
  const isTransport =
    isError(error) && ('code' in error || error.name === 'TimeoutError');
  return isTransport
    ? UpstreamError.fromRequestError(error)
    : new UpstreamError('failed', error);
}
