import { isError } from '@backstage/errors';
import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';

/** Failure of an upstream, reduced to its kind, because the upstream's own messages contain host names. */
export class UpstreamError extends Error {
  readonly kind: UpstreamProblem['kind'];
  /** Delay that the upstream asked for with `Retry-After`. */
  readonly retryAfterMs?: number;

  constructor(
    kind: UpstreamProblem['kind'],
    cause?: unknown,
    options: { retryAfterMs?: number } = {},
  ) {
    super(`The upstream is ${kind}`, { cause });
    this.name = 'UpstreamError';
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }

  /** Creates the error for an unsuccessful HTTP status. */
  static fromStatus(
    status: number,
    options: { retryAfterMs?: number } = {},
  ): UpstreamError {
    switch (status) {
      case 401:
        return new UpstreamError('unauthorized', undefined, options);
      case 403:
        return new UpstreamError('forbidden', undefined, options);
      default:
        return new UpstreamError('failed', undefined, options);
    }
  }

  /** Creates the error for a request that failed without a response. */
  static fromRequestError(error: unknown): UpstreamError {
    const name = isError(error) ? error.name : undefined;
    return new UpstreamError(
      name === 'AbortError' || name === 'TimeoutError'
        ? 'timeout'
        : 'unreachable',
      error,
    );
  }
}

const PREDICATES: Record<UpstreamProblem['kind'], string> = {
  absent: 'is not connected to this portal',
  unreachable: 'cannot be reached',
  timeout: 'did not answer in time',
  unauthorized: "does not accept the portal's credentials",
  forbidden: 'does not let the portal read this',
  failed: 'answered with an error',
};

/** Describes the failure of the upstream `source`, for example `Kubernetes (sandbox)`, to people. */
export function toUpstreamProblem(
  source: string,
  error: unknown,
): UpstreamProblem {
  const kind = error instanceof UpstreamError ? error.kind : 'failed';
  return { source, kind, message: `${source} ${PREDICATES[kind]}.` };
}
