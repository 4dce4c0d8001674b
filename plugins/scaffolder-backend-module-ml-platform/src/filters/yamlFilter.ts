import { InputError } from '@backstage/errors';
import { createTemplateFilter } from '@backstage/plugin-scaffolder-node/alpha';
import {
  encodableNumber,
  encodableText,
  missingValueError,
} from './encodableText';

/** YAML allows 1,024 for a key on the line of its value. */
const MAX_KEY_LENGTH = 1_000;

/**
 * Encodes a value as YAML on one line: a scalar or a flow collection.
 *
 * @throws InputError for values that Go's YAML would not preserve, and for missing values.
 */
export function encodeYaml(value: unknown): string {
  if (value === null || typeof value === 'boolean') {
    return String(value);
  }
  if (typeof value === 'number') {
    return JSON.stringify(encodableNumber(value));
  }
  if (typeof value === 'string') {
    return JSON.stringify(encodableText(value));
  }
  if (Array.isArray(value)) {
    return `[${value.map(encodeYaml).join(', ')}]`;
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(
      ([key, item]) => `${encodeKey(key)}: ${encodeYaml(item)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  throw missingValueError();
}

/** @throws InputError for a key that Go's YAML merges, quoted or not, or of which it does not find the end. */
function encodeKey(key: string): string {
  if (key === '<<') {
    throw new InputError(
      'A name in a value is "<<", which YAML reads as a merge. Choose another.',
    );
  }
  const encoded = encodeYaml(key);
  if (encoded.length > MAX_KEY_LENGTH) {
    throw new InputError(
      `A name in a value is longer than ${MAX_KEY_LENGTH} characters, which YAML does not allow. Shorten it.`,
    );
  }
  return encoded;
}

/** Template filter `yaml`. */
export const yamlFilter = createTemplateFilter({
  id: 'yaml',
  description:
    'Encodes a value as YAML on one line, so that it cannot become structure.',
  examples: [
    {
      description: 'A value that would otherwise be a comment',
      example: 'description: ${{ "fast #1" | yaml }}',
      notes: 'Writes `description: "fast #1"`.',
    },
    {
      description: 'A list',
      example: 'tags: ${{ ["ml", "no"] | yaml }}',
      notes: 'Writes `tags: ["ml", "no"]`.',
    },
  ],
  schema: z => z.function().args(z.unknown()).returns(z.string()),
  filter: encodeYaml,
});
