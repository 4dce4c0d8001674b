import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { isFields } from '../objects/isFields';
import type { KubernetesObject } from '../objects/parseObjects';

const directory = path.resolve(__dirname, '../../corpus');
const recordFile = path.join(directory, 'recorded.json');

const patchSchema = z.record(z.string(), z.unknown());
const groupSchema = z.strictObject({
  /** Name of the valid manifest in `bases.yaml`. */
  base: z.string(),
  /** Path of the object that the patches change, for example `spec.template.spec.containers[0]`. Default: the manifest. */
  at: z.string().default(''),
  /** True for changes of an object that exists: the base, changed by `existing`. */
  update: z.boolean().default(false),
  existing: patchSchema.optional(),
  /** JSON merge patches (RFC 7386) by name of the case. */
  cases: z.record(z.string(), patchSchema),
});

export interface Mistake {
  /** File and name of the case. */
  name: string;
  /** The object in the cluster that the case changes. */
  existing?: KubernetesObject;
  object: KubernetesObject;
}

const recordSchema = z.object({
  kubernetes: z.string(),
  /** Words of the refusal by case; null for an object that the API server accepts. */
  verdicts: z.record(z.string(), z.string().nullable()),
});
export type Recorded = z.infer<typeof recordSchema>;

/** Reads all cases of the corpus. */
export function readMistakes(): Mistake[] {
  const bases = z.record(z.string(), patchSchema).parse(read('bases.yaml'));
  const files = readdirSync(directory).filter(
    file => file.endsWith('.yaml') && file !== 'bases.yaml',
  );
  return files.flatMap(file =>
    z
      .array(groupSchema)
      .parse(read(file))
      .flatMap(({ base, at, update, existing, cases }) => {
        const valid = bases[base];
        const before = existing ? mergePatch(valid, existing) : valid;
        return Object.entries(cases).map(
          ([name, patch]): Mistake => ({
            name: `${file.replace('.yaml', '')}/${name}`,
            ...(update && { existing: toObject(before) }),
            object: toObject(patchAt(before, keysOf(at), patch)),
          }),
        );
      }),
  );
}

export function readRecorded(): Recorded {
  return recordSchema.parse(JSON.parse(readFileSync(recordFile, 'utf8')));
}

export function writeRecorded(recorded: Recorded): void {
  writeFileSync(recordFile, `${JSON.stringify(recorded, null, 2)}\n`);
}

function read(file: string): unknown {
  return parse(readFileSync(path.join(directory, file), 'utf8'), {
    merge: true,
  });
}

function keysOf(at: string): string[] {
  return at.split(/[.[\]]+/).filter(key => key !== '');
}

function patchAt(value: unknown, keys: string[], patch: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) {
    return mergePatch(value, patch);
  }
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      index === Number(key) ? patchAt(item, rest, patch) : item,
    );
  }
  const fields = patchSchema.parse(value ?? {});
  return { ...fields, [key]: patchAt(fields[key], rest, patch) };
}

function mergePatch(value: unknown, patch: unknown): unknown {
  if (!isFields(patch)) {
    return patch;
  }
  const result: Record<string, unknown> = isFields(value) ? { ...value } : {};
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) {
      delete result[key];
    } else {
      result[key] = mergePatch(result[key], change);
    }
  }
  return result;
}

function toObject(value: unknown): KubernetesObject {
  // Not parsed by the production schema, so that metadata can be wrong, too.
  return value as KubernetesObject;
}
