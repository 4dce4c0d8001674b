/** A violation of a rule that Kubernetes, Kustomize or Argo CD enforce. */
export interface Violation {
  /** Stable identifier of the rule, for example `job-restart-policy`. */
  code: string;
  /** Problem and remedy, as text to follow the kind and name of the object. */
  advice: string;
  /**
   * The API server's words, without kind and name; undefined where the API server accepts the object, or where they are
   * not known. `serverMessage` completes them.
   */
  server?: ServerWords;
}

interface ServerWords {
  /**
   * The API server reports `parsing` without anything else, and only the first such error; `decoding` without
   * `validation`.
   */
  phase: 'parsing' | 'decoding' | 'validation';
  /**
   * For `parsing`, the decoder's error. For `decoding`, one strict decoding error, for example
   * `unknown field "spec.replica"`. For `validation`, one field error, for example
   * `spec.replicas: Invalid value: -1: must be greater than or equal to 0`.
   */
  text: string;
}

/** Creates a violation with the API server's field error. */
export function fieldViolation(
  code: string,
  advice: string,
  fieldError: string,
): Violation {
  return { code, advice, server: { phase: 'validation', text: fieldError } };
}
