import { TooManyRequestsError } from '@internal/plugin-ml-platform-node';
import type { ErrorRequestHandler } from 'express';

/** Sets `Retry-After` for clients that have reached a limit. */
export const retryAfter: ErrorRequestHandler = (error, _, response, next) => {
  if (error instanceof TooManyRequestsError) {
    response.setHeader('Retry-After', error.retryAfterSeconds);
  }
  next(error);
};
