import { InputError } from '@backstage/errors';
import type { RequestHandler } from 'express';

/** An empty segment, or one that is `.` or `..`, in whatever way it is written; a backslash, which some take for a slash. */
const NOT_CANONICAL = /\/\/|\/(\.|%2e){1,2}(\/|$)|\\|%5c/i;

/**
 * Refuses paths that Express, a proxy and a guard can read in different ways. What one of them protects would be
 * reachable under another name.
 */
export const requireCanonicalPath: RequestHandler = (request, _, next) => {
  const [path] = request.originalUrl.split('?');
  next(
    NOT_CANONICAL.test(path)
      ? new InputError(
          'The path has an empty segment, a dot segment or a backslash. Remove it.',
        )
      : undefined,
  );
};
