import { InputError } from '@backstage/errors';
import { expandedYaml } from '@internal/platform-rules';
import { FILE_BYTES, readText } from '../untrustedFiles';

/**
 * Measures a file as a build holds it: YAML with its aliases replaced.
 *
 * @throws InputError for a file that is larger than the limit of files, before or after.
 */
export async function loadedBytes(
  file: string,
  options: { isYaml: boolean },
): Promise<number> {
  const text = await readText(file, FILE_BYTES.other);
  return options.isYaml ? expandedBytes(text) : Buffer.byteLength(text);
}

/** Measures YAML with its aliases replaced. @throws InputError for too much of it. */
export function expandedBytes(text: string): number {
  const expanded = expandedYaml(text);
  if ('problem' in expanded) {
    const { line, advice } = expanded.problem;
    throw new InputError(`Line ${line}: ${advice}`);
  }
  return expanded.bytes;
}
