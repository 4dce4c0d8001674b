import { createTemplateFilter } from '@backstage/plugin-scaffolder-node/alpha';
import {
  encodableNumber,
  encodableText,
  missingValueError,
} from './encodableText';

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
      ([key, item]) => `${encodeYaml(key)}: ${encodeYaml(item)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  throw missingValueError();
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
