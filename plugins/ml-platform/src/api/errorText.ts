import { ResponseError } from '@backstage/errors';

/** What an error means for the person who sees it: the backend's own words when there are any. */
export function errorText(error: Error): string {
  if (ResponseError.is(error)) {
    return error.cause.message || 'The portal could not answer. Try again.';
  }
  // What browsers throw when nothing answers differs between them and helps nobody.
  if (error instanceof TypeError) {
    return 'The portal did not answer. Check your connection and try again.';
  }
  return error.message;
}
