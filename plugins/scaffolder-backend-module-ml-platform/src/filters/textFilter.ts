import { createTemplateFilter } from '@backstage/plugin-scaffolder-node/alpha';
import { encodableText, missingValueError } from './encodableText';

/**
 * Writes a text as it is, for a file that has nothing else: a script, a contract. It ends without a line break, since the
 * template has one.
 *
 * @throws InputError for characters that Git, editors and pages show differently, and for what is no text.
 */
export function encodeFile(value: unknown): string {
  if (typeof value !== 'string') {
    throw missingValueError();
  }
  return encodableText(value).replaceAll('\r\n', '\n').replace(/\s+$/, '');
}

/** Template filter `text`. */
export const textFilter = createTemplateFilter({
  id: 'text',
  description:
    'Writes a text as it is. Only for a file that has nothing else, where it cannot become structure of something larger.',
  examples: [
    {
      description: 'A script',
      example: '${{ "SELECT 1;\\n" | text }}',
      notes: 'Writes `SELECT 1;`.',
    },
  ],
  schema: z => z.function().args(z.unknown()).returns(z.string()),
  filter: encodeFile,
});
