import { ResponseError } from '@backstage/errors';

const UNEXPLAINED = /^$|^Request failed with status /;

/** User-facing text of an error: the backend's message if it sent one. */
export function errorText(error: Error): string {
  if (ResponseError.is(error)) {
    // A body without our message comes from a proxy and may contain host names: do not show it.
    return UNEXPLAINED.test(error.cause.message)
      ? `The portal could not respond (HTTP ${error.statusCode}). Try again in a minute.`
      : error.cause.message;
  }
  // Browsers throw a TypeError for network failures, each with its own unhelpful message.
  if (error instanceof TypeError) {
    return 'The portal did not respond. Check your connection and try again.';
  }
  return error.message;
}

/** True for 403 and 404 (the backend hides what the user may not see); retrying cannot help. */
export function isForbidden(error: Error): boolean {
  return ResponseError.is(error) && [403, 404].includes(error.statusCode);
}

/** Rethrows errors with their user-facing text, for pages of other plugins that show `error.message`. */
export async function withErrorText<T>(call: () => Promise<T>): Promise<T> {
  return call().catch(error => {
    throw new Error(errorText(error));
  });
}
