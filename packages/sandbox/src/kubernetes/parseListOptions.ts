import { badRequest, type FieldProblem, invalid } from './StatusError';

/** The checked query parameters of a list or watch request; absent ones are undefined. */
export interface ListOptions {
  watch: boolean;
  labelSelector: string;
  fieldSelector: string;
  resourceVersion: string;
  resourceVersionMatch: string;
  /** Objects per page; 0 or less returns all. */
  limit: number;
  continueToken: string;
  timeoutSeconds?: number;
  allowWatchBookmarks: boolean;
  sendInitialEvents?: boolean;
}

const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;
const MATCH = 'resourceVersionMatch';

/**
 * Parses and validates `metav1.ListOptions`.
 *
 * @throws StatusError (400) for malformed numbers, (422) for combinations that are not allowed
 * @see kubernetes/apimachinery v0.36 pkg/apis/meta/internalversion/validation/validation.go
 */
export function parseListOptions(query: URLSearchParams): ListOptions {
  const options: ListOptions = {
    watch: parseBoolean(query.get('watch')) ?? false,
    labelSelector: query.get('labelSelector') ?? '',
    fieldSelector: query.get('fieldSelector') ?? '',
    resourceVersion: query.get('resourceVersion') ?? '',
    resourceVersionMatch: query.get(MATCH) ?? '',
    limit: parseInteger(query, 'limit') ?? 0,
    continueToken: query.get('continue') ?? '',
    timeoutSeconds: parseInteger(query, 'timeoutSeconds'),
    allowWatchBookmarks:
      parseBoolean(query.get('allowWatchBookmarks')) ?? false,
    sendInitialEvents: parseBoolean(query.get('sendInitialEvents')),
  };
  const problems = options.watch
    ? watchProblems(options)
    : listProblems(options);
  if (problems.length > 0) {
    throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, problems);
  }
  return options;
}

/**
 * Parses a boolean parameter as the API server does: anything but `false` and `0` is true.
 *
 * @see kubernetes/apimachinery v0.36 pkg/runtime/converter.go, Convert_Slice_string_To_bool
 */
export function parseBoolean(value: string | null): boolean | undefined {
  return value === null ? undefined : !/^(false|0)$/i.test(value);
}

/** Parses a signed integer parameter. @throws StatusError (400) with the message of Go's strconv. */
export function parseInteger(
  query: URLSearchParams,
  name: string,
): number | undefined {
  const value = query.get(name);
  if (value === null) {
    return undefined;
  }
  const problem = integerProblem(value, 'Int');
  if (problem) {
    throw badRequest(problem);
  }
  return Number(value);
}

/** The message of Go's strconv for text that is no 64-bit integer; undefined for valid text. */
export function integerProblem(
  value: string,
  type: 'Int' | 'Uint',
): string | undefined {
  const failure = (problem: string) =>
    `strconv.Parse${type}: parsing ${JSON.stringify(value)}: ${problem}`;
  if (!(type === 'Int' ? /^[+-]?\d+$/ : /^\d+$/).test(value)) {
    return failure('invalid syntax');
  }
  const number = BigInt(value.replace('+', ''));
  const [lowest, highest] =
    type === 'Int' ? [-MAX_INT64 - 1n, MAX_INT64] : [0n, MAX_UINT64];
  return number < lowest || number > highest
    ? failure('value out of range')
    : undefined;
}

function forbidden(field: string, message: string): FieldProblem {
  return {
    field,
    reason: 'FieldValueForbidden',
    message: `Forbidden: ${message}`,
  };
}

const MATCH_WITH_CONTINUE = forbidden(
  MATCH,
  'resourceVersionMatch is forbidden when continue is provided',
);

function listProblems(options: ListOptions): FieldProblem[] {
  const { resourceVersion, resourceVersionMatch: match } = options;
  const problems: FieldProblem[] = [];
  if (match) {
    if (!resourceVersion) {
      problems.push(
        forbidden(
          MATCH,
          'resourceVersionMatch is forbidden unless resourceVersion is provided',
        ),
      );
    }
    if (options.continueToken) {
      problems.push(MATCH_WITH_CONTINUE);
    }
    if (match !== 'Exact' && match !== 'NotOlderThan') {
      problems.push(unsupported(match, ['Exact', 'NotOlderThan', '']));
    }
    if (match === 'Exact' && resourceVersion === '0') {
      problems.push(
        forbidden(
          MATCH,
          'resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
        ),
      );
    }
  }
  if (options.sendInitialEvents !== undefined) {
    problems.push(
      forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'),
    );
  }
  return problems;
}

function watchProblems(options: ListOptions): FieldProblem[] {
  const { resourceVersionMatch: match, sendInitialEvents } = options;
  const problems: FieldProblem[] = [];
  if (sendInitialEvents !== undefined && match !== 'NotOlderThan') {
    problems.push(
      forbidden(
        MATCH,
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ),
    );
  }
  if (match) {
    if (sendInitialEvents === undefined) {
      problems.push(
        forbidden(
          MATCH,
          'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
        ),
      );
    }
    if (match !== 'NotOlderThan') {
      problems.push(unsupported(match, ['NotOlderThan']));
    }
    if (options.continueToken) {
      problems.push(MATCH_WITH_CONTINUE);
    }
  }
  return problems;
}

function unsupported(value: string, supported: string[]): FieldProblem {
  const list = supported.map(each => JSON.stringify(each)).join(', ');
  return {
    field: MATCH,
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${JSON.stringify(
      value,
    )}: supported values: ${list}`,
  };
}
