/** An API error, sent as a `v1` Status. */
export class StatusError extends Error {
  name = 'StatusError';

  constructor(
    readonly code: number,
    /** Empty for errors that the API server sends without one. */
    readonly reason: string,
    message: string,
    readonly details?: Record<string, unknown>,
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
      ...(this.reason && { reason: this.reason }),
      ...(this.details && { details: this.details }),
      code: this.code,
    };
  }
}

/** One invalid field of a request. */
export interface FieldProblem {
  field: string;
  reason: string;
  message: string;
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

/** A request or object with invalid fields, as `apierrors.NewInvalid` reports it. */
export function invalid(
  subject: { group?: string; kind: string; name?: string },
  problems: FieldProblem[],
): StatusError {
  const { group, kind, name = '' } = subject;
  const lines = problems.map(({ field, message }) => `${field}: ${message}`);
  const summary = lines.length > 1 ? `[${lines.join(', ')}]` : lines[0];
  return new StatusError(
    422,
    'Invalid',
    `${group ? `${kind}.${group}` : kind} ${JSON.stringify(
      name,
    )} is invalid: ${summary}`,
    {
      ...(name && { name }),
      ...(group && { group }),
      ...(kind && { kind }),
      causes: problems.map(({ field, reason, message }) => ({
        reason,
        message,
        field,
      })),
    },
  );
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

/** A path of a served group that names no resource. */
export function pathNotFound(): StatusError {
  return new StatusError(
    404,
    'NotFound',
    'the server could not find the requested resource',
    {},
  );
}

/** A method that no API server offers at a path. */
export function methodNotAllowed(): StatusError {
  return new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

export function expired(message: string, continueToken?: string): StatusError {
  return new StatusError(
    410,
    'Expired',
    message,
    undefined,
    continueToken ? { continue: continueToken } : {},
  );
}
