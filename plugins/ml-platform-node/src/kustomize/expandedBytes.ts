import { InputError } from '@backstage/errors';
import { expandedYaml } from '@internal/platform-rules';

/** Measures YAML with its aliases replaced. @throws InputError for too much of it. */
export function expandedBytes(text: string): number {
  const expanded = expandedYaml(text);
  if ('problem' in expanded) {
    const { line, advice } = expanded.problem;
    throw new InputError(`Line ${line}: ${advice}`);
  }
  return expanded.bytes;
}
