/** An API error, sent as a `v1` Status. */
export class StatusError extends Error {
  name = 'StatusError';

  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
    readonly details: Record<string, unknown> = {},
    /** Metadata of the Status; an expired list carries a continue token in it. */
    readonly metadata: Record<string, unknown> = {},
  ) {
    super(message);
  }

  /** The response body. */
  toStatus() {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.metadata,
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      ...(Object.keys(this.details).length > 0 && { details: this.details }),
      code: this.code,
    };
  }
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

export function objectNotFound(
  type: { group: string; plural: string },
  name: string,
): StatusError {
  const { group, plural } = type;
  return new StatusError(
    404,
    'NotFound',
    `${group ? `${plural}.${group}` : plural} "${name}" not found`,
    { name, ...(group && { group }), kind: plural },
  );
}

export function expired(message: string, continueToken?: string): StatusError {
  return new StatusError(
    410,
    'Expired',
    message,
    {},
    continueToken ? { continue: continueToken } : {},
  );
}
