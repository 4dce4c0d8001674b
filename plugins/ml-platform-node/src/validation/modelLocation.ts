import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CheckResult } from '@internal/plugin-ml-platform-common';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseObjects } from '../kustomize';
import type { Change } from './Change';
import { checkResult } from './checkResult';
import { fileStatus } from './files';
import { locationsOf } from './locations';
import { parseTerraform } from './terraform/parseTerraform';

export const MODEL_LOCATION = [
  'model-location',
  'The model is where its team keeps models',
] as const;

const answersSchema = z.object({
  values: z.object({ modelLocation: z.string() }),
});
const terraformSchema = z.object({
  module: z.record(
    z.string(),
    z.array(z.object({ model_location: z.string().optional() })),
  ),
});
const parametersSchema = z.object({ data: z.object({ buckets: z.string() }) });

/**
 * Checks the location of the model, in the answers file and in Terraform, which lets the workload read it.
 *
 * @returns no result for a workload without one.
 */
export async function checkModelLocation(
  change: Change,
): Promise<CheckResult[]> {
  const found = await modelLocations(change);
  const buckets = await bucketsOf(change);
  const messages = [...found].flatMap(([location, file]) => {
    const problem = modelLocationProblem(location, buckets);
    return problem
      ? [{ path: file, text: problem, subject: 'model-location' as const }]
      : [];
  });
  return found.size > 0 ? [checkResult(...MODEL_LOCATION, messages)] : [];
}

/** Finds locations with the first file that names each. Files that cannot be read are problems of their own checks. */
async function modelLocations(change: Change): Promise<Map<string, string>> {
  const { answers, terraform } = locationsOf(change);
  const found = new Map<string, string>();
  const note = (location: string | undefined, file: string) => {
    if (location && !found.has(location)) {
      found.set(location, file);
    }
  };
  for (const { name } of change.environments) {
    const content = await readIfFile(change, answers(name), parse);
    note(
      answersSchema.safeParse(content).data?.values.modelLocation,
      answers(name),
    );
    const file = terraform(name);
    const blocks = terraformSchema.safeParse(
      await readIfFile(change, file, parseTerraform),
    );
    for (const block of Object.values(blocks.data?.module ?? {}).flat()) {
      note(block.model_location, file);
    }
  }
  return found;
}

async function bucketsOf(change: Change): Promise<string[]> {
  const objects = await readIfFile(
    change,
    `${locationsOf(change).policies}/parameters.yaml`,
    text => parseObjects(text),
  );
  const parameters = z.array(z.unknown()).safeParse(objects).data ?? [];
  return parameters
    .flatMap(object => parametersSchema.safeParse(object).data ?? [])
    .flatMap(({ data }) => data.buckets.split('\n'))
    .filter(Boolean)
    .map(name => name.replace('{team}', change.team));
}

async function readIfFile(
  { root }: Change,
  file: string,
  read: (text: string) => unknown,
): Promise<unknown> {
  if (!(await fileStatus(root, file))?.isFile()) {
    return undefined;
  }
  try {
    return await read(await readFile(path.join(root, file), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Names of S3 buckets (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html). */
const BUCKET = /^(?!\d+(\.\d+){3}$)[a-z0-9]([a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/;
/** Characters of keys that mean nothing to IAM, shells and URLs in S3's documentation, and those that need care. */
const KEY_PART = /^[A-Za-z0-9 !_.'()&@=;:+,-]+$/;
const OTHER_LOCATION =
  /^(gs:\/\/[a-z0-9][a-z0-9._-]+[a-z0-9]|hf:\/\/[\w.-]+\/[\w.-]+(@[\w./-]+)?|models:\/{1,2}[^/\s]+)(\/[^/\p{Cc}]+)*\/?$/u;

/**
 * Describes what is wrong with the location of a model.
 *
 * @param buckets - names of the team's S3 buckets
 */
export function modelLocationProblem(
  location: string,
  buckets: string[],
): string | undefined {
  const named = `The model location ${JSON.stringify(location)}`;
  if (!location.startsWith('s3://')) {
    return OTHER_LOCATION.test(location) && !hasDots(location)
      ? undefined
      : `${named} is not valid. Write s3://bucket/path, gs://bucket/path, hf://owner/name or models:/name/version.`;
  }
  const [bucket, ...parts] = location
    .slice('s3://'.length)
    .replace(/\/$/, '')
    .split('/');
  if (!BUCKET.test(bucket)) {
    return `${named} does not begin with the name of a bucket. Write s3://${
      buckets[0] ?? 'bucket'
    }/path.`;
  }
  if (!parts.every(part => KEY_PART.test(part)) || hasDots(location)) {
    return `${named} has a path that is not valid. Its parts have letters, digits, blanks and ! _ . ' ( ) & @ = ; : + , - and are neither empty nor "." or "..".`;
  }
  return buckets.includes(bucket)
    ? undefined
    : `${named} is in a bucket that is not the team's. ${
        buckets.length > 0
          ? `Move the model to ${buckets.join(' or ')}.`
          : 'The team has no buckets: ask the platform team for one.'
      }`;
}

function hasDots(location: string): boolean {
  return location.split('/').some(part => part === '.' || part === '..');
}
