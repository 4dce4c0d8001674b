import { parseBoolean, parseInteger } from './parseListOptions';
import { badRequest, type FieldProblem, invalid } from './StatusError';

export interface PodLogOptions {
  container: string | null;
  previous: boolean;
  follow: boolean;
  timestamps: boolean;
  tailLines?: number;
  limitBytes?: number;
  sinceSeconds?: number;
  /** Milliseconds. */
  sinceTime?: number;
}

/**
 * Parses and validates `v1.PodLogOptions`.
 *
 * @throws StatusError (400) for malformed values, (422) for values that are not allowed
 * @see kubernetes/kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidatePodLogOptions
 */
export function parsePodLogOptions(
  pod: string,
  query: URLSearchParams,
): PodLogOptions {
  const options: PodLogOptions = {
    container: query.get('container'),
    previous: parseBoolean(query.get('previous')) ?? false,
    follow: parseBoolean(query.get('follow')) ?? false,
    timestamps: parseBoolean(query.get('timestamps')) ?? false,
    tailLines: parseInteger(query, 'tailLines'),
    limitBytes: parseInteger(query, 'limitBytes'),
    sinceSeconds: parseInteger(query, 'sinceSeconds'),
    sinceTime: parseTime(query.get('sinceTime')),
  };
  const problems: FieldProblem[] = [];
  const requireAtLeast = (
    field: 'tailLines' | 'limitBytes' | 'sinceSeconds',
    least: 0 | 1,
  ) => {
    const value = options[field];
    if (value !== undefined && value < least) {
      const bound =
        least === 0 ? 'greater than or equal to 0' : 'greater than 0';
      problems.push({
        field,
        reason: 'FieldValueInvalid',
        message: `Invalid value: ${value}: must be ${bound}`,
      });
    }
  };
  requireAtLeast('tailLines', 0);
  requireAtLeast('limitBytes', 1);
  if (options.sinceSeconds !== undefined && options.sinceTime !== undefined) {
    problems.push({
      field: '[]',
      reason: 'FieldValueForbidden',
      message:
        'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
    });
  } else {
    requireAtLeast('sinceSeconds', 1);
  }
  if (query.has('stream')) {
    problems.push({
      field: 'stream',
      reason: 'FieldValueForbidden',
      message: 'Forbidden: may not be specified',
    });
  }
  if (problems.length > 0) {
    throw invalid({ kind: 'PodLogOptions', name: pod }, problems);
  }
  return options;
}

function parseTime(value: string | null): number | undefined {
  const time = value === null ? undefined : Date.parse(value);
  if (Number.isNaN(time)) {
    throw badRequest(
      `parsing time ${JSON.stringify(
        value,
      )} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(
        value,
      )} as "2006"`,
    );
  }
  return time;
}
