import { InputError } from '@backstage/errors';
import { createTemplateFilter } from '@backstage/plugin-scaffolder-node/alpha';
import {
  encodableNumber,
  encodableText,
  missingValueError,
} from './encodableText';

/** Parsers of HCL need seconds for a long text with many interpolations, escaped ones included. */
const MAX_TEXT_LENGTH = 4_096;
const SHORT_ESCAPES: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/**
 * Encodes a value as an HCL literal expression.
 *
 * @throws InputError for values that would not be preserved, for long texts, and for missing values.
 */
export function encodeHcl(value: unknown): string {
  if (value === null || typeof value === 'boolean') {
    return String(value);
  }
  if (typeof value === 'number') {
    return JSON.stringify(encodableNumber(value));
  }
  if (typeof value === 'string') {
    return quote(encodableText(value));
  }
  if (Array.isArray(value)) {
    return `[${value.map(encodeHcl).join(', ')}]`;
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(
      ([key, item]) => `${encodeHcl(key)} = ${encodeHcl(item)}`,
    );
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  throw missingValueError();
}

function quote(text: string): string {
  if (text.length > MAX_TEXT_LENGTH) {
    throw new InputError(
      `A value for Terraform is longer than ${MAX_TEXT_LENGTH} characters. Shorten it.`,
    );
  }
  const escaped = text
    .replace(/["\\\p{Cc}]/gu, unicodeOrShortEscape)
    // `$${` is a literal `${`. Further signs before it are escaped, since HCL versions read `$$${` differently.
    .replace(/\$+\{/g, run => `${'\\u0024'.repeat(run.length - 2)}${'$${'}`)
    .replace(/%+\{/g, run => `${'\\u0025'.repeat(run.length - 2)}%%{`);
  return `"${escaped}"`;
}

function unicodeOrShortEscape(character: string): string {
  return (
    SHORT_ESCAPES[character] ??
    `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  );
}

/** Template filter `hcl`. */
export const hclFilter = createTemplateFilter({
  id: 'hcl',
  description:
    'Encodes a value as an HCL (Terraform) literal with interpolation escaped, so that it cannot become code.',
  examples: [
    {
      description: 'Text that Terraform would otherwise evaluate',
      example: 'label = ${{ "${path.cwd}" | hcl }}',
      notes: 'Writes `label = "$${path.cwd}"`.',
    },
    {
      description: 'A map',
      example: 'tags = ${{ { team: "app-ml-team" } | hcl }}',
      notes: 'Writes `tags = { "team" = "app-ml-team" }`.',
    },
  ],
  schema: z => z.function().args(z.unknown()).returns(z.string()),
  filter: encodeHcl,
});
