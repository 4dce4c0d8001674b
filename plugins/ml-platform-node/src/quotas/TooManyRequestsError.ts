import { CustomErrorBase } from '@backstage/errors';

/** A person has reached a limit; HTTP 429. */
export class TooManyRequestsError extends CustomErrorBase {
  name = 'TooManyRequestsError' as const;
  /** Read by Backstage's error middleware. */
  readonly statusCode = 429;
  /** For the header `Retry-After`. */
  readonly retryAfterSeconds: number;

  constructor(message: string, options: { retryAfterSeconds: number }) {
    super(message);
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
