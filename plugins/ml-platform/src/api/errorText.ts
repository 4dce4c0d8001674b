import { ResponseError } from '@backstage/errors';

const UNEXPLAINED = /^$|^Request failed with status /;

/** What an error means for the person who sees it: the backend's own words when there are any. */
export function errorText(error: Error): string {
  if (ResponseError.is(error)) {
    // Not from the backend but from something on the way to it, which may say more than people should see.
    return UNEXPLAINED.test(error.cause.message)
      ? `The portal could not answer (${error.statusCode}). Try again in a minute.`
      : error.cause.message;
  }
  // What browsers throw when nothing answers differs between them and helps nobody.
  if (error instanceof TypeError) {
    return 'The portal did not answer. Check your connection and try again.';
  }
  return error.message;
}

/** Whether the person may not see what they asked for, which trying again does not change. */
export function isForbidden(error: Error): boolean {
  return ResponseError.is(error) && [403, 404].includes(error.statusCode);
}

/** For pages of other plugins, which show an error's message as it is. */
export async function withErrorText<T>(call: () => Promise<T>): Promise<T> {
  return call().catch(error => {
    throw new Error(errorText(error));
  });
}
