import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { expectedDirectory } from './paths';

/** The same, said once, in the order of the alphabet: how often things happen and in which order is a matter of time. */
export function asSet(values: unknown): unknown[] {
  const texts = new Set(
    (values as unknown[]).map(each => JSON.stringify(each)),
  );
  return [...texts].sort().map(text => JSON.parse(text));
}

/**
 * Compares with what real systems answered. `CONFORMANCE_RECORD=real` writes down anew what they answer; only a run on
 * real systems may set it.
 */
export function expectLikeReal(name: string, value: unknown): void {
  const file = join(expectedDirectory, `${name}.yaml`);
  const seen = parse(stringify(value));
  if (process.env.CONFORMANCE_RECORD === 'real') {
    mkdirSync(expectedDirectory, { recursive: true });
    writeFileSync(file, stringify(value, { sortMapEntries: true }));
  }
  expect(seen).toEqual(parse(readFileSync(file, 'utf8')));
}
