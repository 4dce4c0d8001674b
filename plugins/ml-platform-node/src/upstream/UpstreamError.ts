import { isError } from '@backstage/errors';
import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';

/** An upstream's failure as a kind, because its own words name hosts. */
export class UpstreamError extends Error {
  readonly kind: UpstreamProblem['kind'];
  /** How long the upstream asked to be left alone. */
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

  /** For the status of an answer that is no success. */
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

  /** For what a request throws before there is an answer. */
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

const sentences: Record<UpstreamProblem['kind'], string> = {
  absent: 'is not connected to this portal',
  unreachable: 'cannot be reached',
  timeout: 'did not answer in time',
  unauthorized: "does not accept the portal's credentials",
  forbidden: 'does not let the portal read this',
  failed: 'answered with an error',
};

/** The failure of the upstream `source` (for example `Kubernetes (sandbox)`) in words for people. */
export function toUpstreamProblem(
  source: string,
  error: unknown,
): UpstreamProblem {
  const kind = error instanceof UpstreamError ? error.kind : 'failed';
  return { source, kind, message: `${source} ${sentences[kind]}.` };
}
