import { InputError } from '@backstage/errors';

/**
 * Characters that Go's YAML refuses (control characters, U+FFFE, U+FFFF) or silently changes (U+0085, U+2028, U+2029).
 * Escaping does not help: kustomize writes values unescaped.
 */
const UNSAFE_CHARACTER = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Returns the text if every tool between the form and the cluster preserves it.
 *
 * @throws InputError that names the character otherwise.
 */
export function encodableText(text: string): string {
  const match = UNSAFE_CHARACTER.exec(text);
  if (match) {
    const code = match[0].charCodeAt(0).toString(16).toUpperCase();
    throw new InputError(
      `A value contains the character U+${code.padStart(
        4,
        '0',
      )}, which Kubernetes tools do not support. Remove it; it often comes from text copied from another program.`,
    );
  }
  if (LONE_SURROGATE.test(text)) {
    throw new InputError(
      'A value contains half of a character (a lone surrogate). Type it again.',
    );
  }
  return text;
}

/**
 * Returns the number if it has the same value in JavaScript, YAML and HCL.
 *
 * @throws InputError otherwise.
 */
export function encodableNumber(value: number): number {
  if (
    !Number.isFinite(value) ||
    (Number.isInteger(value) && !Number.isSafeInteger(value))
  ) {
    throw new InputError(
      'A number is too large to be written exactly. Use a smaller one, or text.',
    );
  }
  return value;
}

/** The error for values that cannot be encoded, such as `undefined` and functions. */
export function missingValueError(): InputError {
  return new InputError(
    'The template uses a value that is not set. Make the field required, or wrap the line in an if.',
  );
}
