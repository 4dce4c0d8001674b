import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { applyPatch, type Operation } from 'fast-json-patch';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const directory = path.resolve(__dirname, '../../corpus');

const caseSchema = z
  .strictObject({
    name: z.string(),
    /** The valid manifest that `patch` changes; `manifest` is a complete text. */
    base: z.string().optional(),
    patch: z.array(z.looseObject({ op: z.string() })).default([]),
    manifest: z.string().optional(),
    verdict: z.enum(['accepted', 'refused']),
    /** Part of the validator's message. */
    says: z.string().default(''),
    /** The only place that rejects it, and the reason. */
    only: z.enum(['cluster', 'repository']).optional(),
    because: z.string().optional(),
  })
  .refine(
    ({ base, manifest }) => (base === undefined) !== (manifest === undefined),
  )
  .refine(
    ({ only, because }) => (only === undefined) === (because === undefined),
  );

type Case = z.infer<typeof caseSchema>;

export interface CorpusManifest
  extends Pick<Case, 'name' | 'verdict' | 'says' | 'only' | 'because'> {
  text: string;
  /** `Kind name`, the start of messages. Undefined unless the manifest is a single object. */
  object?: string;
}

/** All valid manifests and their changes, in the namespace `app-ml-team-dev`. */
export function readCorpus(): CorpusManifest[] {
  const bases = readdirSync(path.join(directory, 'bases')).map(
    (file): Case => ({
      name: `valid-${file.replace('.yaml', '')}`,
      base: file.replace('.yaml', ''),
      patch: [],
      verdict: 'accepted',
      says: '',
    }),
  );
  const cases = readdirSync(directory)
    .filter(file => file.endsWith('.yaml'))
    .flatMap(file => z.array(caseSchema).parse(parse(read(file))));
  return [...bases, ...cases].map(toManifest);
}

export function acceptedBy(where: 'cluster' | 'repository'): CorpusManifest[] {
  return readCorpus().filter(manifest => !isRefused(manifest, where));
}

export function rejectedBy(where: 'cluster' | 'repository'): CorpusManifest[] {
  return readCorpus().filter(manifest => isRefused(manifest, where));
}

function isRefused(
  { verdict, only }: CorpusManifest,
  where: 'cluster' | 'repository',
): boolean {
  return verdict === 'refused' && (only === undefined || only === where);
}

function toManifest({ base, patch, manifest, ...entry }: Case): CorpusManifest {
  if (manifest !== undefined) {
    return { ...entry, text: manifest };
  }
  const object = parse(read(`bases/${base}.yaml`));
  object.metadata.name = entry.name;
  object.metadata.namespace = 'app-ml-team-dev';
  applyPatch(object, patch as unknown as Operation[], true);
  return {
    ...entry,
    // Kubernetes reads YAML 1.1, where a plain `Off` is a boolean.
    text: stringify(object, { version: '1.1' }),
    object: `${object.kind} ${object.metadata.name}`,
  };
}

function read(file: string): string {
  return readFileSync(path.join(directory, file), 'utf8');
}
