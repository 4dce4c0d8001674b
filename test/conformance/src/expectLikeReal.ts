import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { waitUntil } from '@internal/real-platform';
import { parse, stringify } from 'yaml';
import { expectedDirectory } from './paths';

/** Records the responses of real systems instead of comparing them. Only a run on real systems may record. */
const IS_RECORDING = process.env.CONFORMANCE_RECORD === 'real';
const RECORDING_MS = 15_000;

/** Compares a value with the recorded one, or records it with `CONFORMANCE_RECORD=real`. */
export function expectLikeReal(name: string, value: unknown): void {
  if (IS_RECORDING) {
    mkdirSync(expectedDirectory, { recursive: true });
    writeFileSync(fileOf(name), stringify(value, { sortMapEntries: true }));
  }
  expect(parse(stringify(value))).toEqual(recorded(name));
}

/** Compares events, which come some time after their cause, as a set: their number and order depend on timing. */
export async function expectEventsLikeReal(
  name: string,
  readEvents: () => Promise<unknown>,
): Promise<void> {
  if (IS_RECORDING) {
    // Nothing shows that the last event has come.
    await setTimeout(RECORDING_MS);
  }
  await waitUntil(`the events ${name}`, async () =>
    expectLikeReal(name, asSet(await readEvents())),
  );
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
