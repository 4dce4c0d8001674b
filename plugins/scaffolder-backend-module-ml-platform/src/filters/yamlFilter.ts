import { createTemplateFilter } from '@backstage/plugin-scaffolder-node/alpha';
import { encodableNumber, encodableText, valueMissing } from './encodableText';

/**
 * Encodes a value as YAML: one flow scalar, list or map on one line, which is JSON as well.
 *
 * @throws InputError for what Go's YAML cannot carry, and for a value that is missing.
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
  throw valueMissing();
}

/** Template filter `yaml`. */
export const yamlFilter = createTemplateFilter({
  id: 'yaml',
  description:
    'Encodes a value as YAML (and JSON) on one line, so that it stays a value whatever it contains.',
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
