import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { parse, stringify } from 'yaml';
import { expectedDirectory } from './paths';

/** Writes down what real systems answer instead of comparing; only a run on real systems may do so. */
const IS_RECORDING = process.env.CONFORMANCE_RECORD === 'real';

/** Events come after what they tell of: soon, but nobody says how soon. */
const EVENTS_SECONDS = 15;

/**
 * Compares with what real systems answered. `CONFORMANCE_RECORD=real` writes down anew what they answer.
 */
export function expectLikeReal(name: string, value: unknown): void {
  if (IS_RECORDING) {
    mkdirSync(expectedDirectory, { recursive: true });
    writeFileSync(fileOf(name), stringify(value, { sortMapEntries: true }));
  }
  expect(parse(stringify(value))).toEqual(recorded(name));
}

/** The same for events: as a set, since how often and in which order things happen is a matter of time. */
export async function expectEventsLikeReal(
  name: string,
  look: () => Promise<unknown>,
): Promise<void> {
  let seen = asSet(await look());
  for (let second = 0; second < EVENTS_SECONDS; second++) {
    if (!IS_RECORDING && isDeepStrictEqual(seen, recorded(name))) {
      break;
    }
    await sleep(1000);
    seen = asSet(await look());
  }
  expectLikeReal(name, seen);
}

function asSet(values: unknown): unknown[] {
  const texts = new Set(
    (values as unknown[]).map(each => JSON.stringify(each)),
  );
  return [...texts].sort().map(text => JSON.parse(text));
}

function recorded(name: string): unknown {
  return parse(readFileSync(fileOf(name), 'utf8'));
}

function fileOf(name: string): string {
  return join(expectedDirectory, `${name}.yaml`);
}
