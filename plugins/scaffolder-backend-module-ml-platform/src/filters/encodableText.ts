import { InputError } from '@backstage/errors';

/**
 * What Go's YAML refuses (control characters, U+FFFE, U+FFFF) or changes silently (U+0085, U+2028, U+2029), escaped or
 * not: kustomize writes every value out again, raw.
 */
const UNCARRIED = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Gives the text back when every tool between the form and the cluster carries it unchanged.
 *
 * @throws InputError naming the character.
 */
export function encodableText(text: string): string {
  const match = UNCARRIED.exec(text);
  if (match) {
    const code = match[0].charCodeAt(0).toString(16).toUpperCase();
    throw new InputError(
      `A value contains the character U+${code.padStart(
        4,
        '0',
      )}, which Kubernetes tools cannot carry. Remove it; it often comes with text copied from another program.`,
    );
  }
  if (LONE_SURROGATE.test(text)) {
    throw new InputError(
      'A value contains half of a character (a lone surrogate). Type that part of it again.',
    );
  }
  return text;
}

/**
 * Gives the number back when it means the same in JavaScript, YAML and HCL.
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

/** What an encoder throws for `undefined`, functions and the like: nothing is written for them by accident. */
export function valueMissing(): InputError {
  return new InputError(
    'A template writes a value that was not given. Make the field required, or wrap the line in an if.',
  );
}
