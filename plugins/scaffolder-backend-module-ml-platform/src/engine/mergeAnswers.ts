import { isDeepStrictEqual } from 'node:util';
import {
  formatAnswers,
  readAnswers,
  type Answers,
} from '@internal/plugin-ml-platform-node';

/**
 * Merges answers files by value. Each value has a line of its own, and Git sees a conflict where two sides change lines next to
 * each other.
 *
 * @returns undefined when both sides changed one value differently, or a file is not valid. Comments of people are lost.
 */
export async function mergeAnswers(
  recorded: Buffer,
  current: Buffer,
  next: Buffer,
): Promise<Buffer | undefined> {
  const [base, ours, theirs] = await Promise.all(
    [recorded, current, next].map(async content => {
      const read = await readAnswers(content.toString('utf8'));
      return 'answers' in read ? read.answers : undefined;
    }),
  );
  if (!base || !ours || !theirs) {
    return undefined;
  }
  const parts = [base, ours, theirs].map(partsOf);
  const merged = new Map<string, unknown>();
  for (const key of new Set(parts.flatMap(part => [...part.keys()]))) {
    const [before, here, there] = parts.map(part => part.get(key));
    if (isDeepStrictEqual(here, before) || isDeepStrictEqual(here, there)) {
      merged.set(key, there);
    } else if (isDeepStrictEqual(there, before)) {
      merged.set(key, here);
    } else {
      return undefined;
    }
  }
  return Buffer.from(formatAnswers(answersOf(merged)));
}

const VALUE = 'value:';

/** The template and the promotion change as wholes. */
function partsOf({ template, promotedFrom, values }: Answers) {
  return new Map<string, unknown>([
    ['template', template],
    ['promotedFrom', promotedFrom],
    ...Object.entries(values).map(
      ([name, value]) => [`${VALUE}${name}`, value] as const,
    ),
  ]);
}

function answersOf(parts: Map<string, unknown>): Answers {
  const values = [...parts].filter(
    ([key, value]) => key.startsWith(VALUE) && value !== undefined,
  );
  const promotedFrom = parts.get('promotedFrom') as Answers['promotedFrom'];
  return {
    template: parts.get('template') as Answers['template'],
    values: Object.fromEntries(
      values.map(([key, value]) => [key.slice(VALUE.length), value]),
    ),
    ...(promotedFrom && { promotedFrom }),
  };
}
