import { InputError } from '@backstage/errors';
import { textProblem } from '@internal/plugin-ml-platform-common';

/**
 * Returns the text if every tool between the form and the cluster preserves it, and people see all of it. Escaping does not
 * help: kustomize writes values unescaped.
 *
 * @throws InputError that names the character otherwise.
 */
export function encodableText(text: string): string {
  const problem = textProblem(text);
  if (problem) {
    throw new InputError(`A value ${problem}`);
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
