import { isError } from '@backstage/errors';
import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';

/** An upstream's failure as a kind, because its own words name hosts. */
export class UpstreamError extends Error {
  readonly kind: UpstreamProblem['kind'];

  constructor(kind: UpstreamProblem['kind'], cause?: unknown) {
    super(`The upstream is ${kind}`, { cause });
    this.name = 'UpstreamError';
    this.kind = kind;
  }

  /** For the status of an answer that is no success. */
  static fromStatus(status: number): UpstreamError {
    switch (status) {
      case 401:
        return new UpstreamError('unauthorized');
      case 403:
        return new UpstreamError('forbidden');
      default:
        return new UpstreamError('failed');
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
