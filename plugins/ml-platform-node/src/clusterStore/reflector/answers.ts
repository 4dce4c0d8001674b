import type { IncomingMessage } from 'node:http';
import { isError } from '@backstage/errors';
import { UpstreamError } from '../../upstream';

/** The server no longer has the history that was asked for. */
export class ExpiredError extends Error {}

/** The server has no such type. */
export class NotInstalledError extends Error {}

/** Servers that ask for more patience than this are asked again anyway. */
const MAX_RETRY_AFTER_MS = 120_000;

/**
 * Leaves a good answer to be read.
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
  throw failure(status, type, retryAfter(response));
}

/** For the status of an answer, or the code in the ERROR event of a watch. */
export function failure(
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

/** Whatever went wrong with a request. */
export function toUpstreamError(error: unknown): UpstreamError {
  if (error instanceof UpstreamError) {
    return error;
  }
  // What the transport throws has a code, or is about time; the rest is an answer that makes no sense.
  const isTransport =
    isError(error) && ('code' in error || error.name === 'TimeoutError');
  return isTransport
    ? UpstreamError.fromRequestError(error)
    : new UpstreamError('failed', error);
}
