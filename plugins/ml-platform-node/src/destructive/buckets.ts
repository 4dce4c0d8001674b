import { join } from 'node:path';
import {
  applicationName,
  type Environment,
} from '@internal/plugin-ml-platform-common';
import { z } from 'zod';
import { FILE_BYTES, readText } from '../untrustedFiles';
import type { Change } from '../validation/Change';
import { fileStatus } from '../validation/files';
import { locationsOf } from '../validation/locations';
import { parseTerraform } from '../validation/terraform/parseTerraform';
import type { Effect } from './Comparison';

/** Terraform converts texts to numbers. */
const days = z.coerce.number().nullish().catch(undefined);
const bucketSchema = z
  .object({ expire_after_days: days, keep_old_versions_days: days })
  .nullish();
const fileSchema = z.object({
  module: z.record(
    z.string(),
    z.array(z.object({ bucket: bucketSchema.optional() })),
  ),
});

type Bucket = NonNullable<z.infer<typeof bucketSchema>>;

/** Default of the module. */
const KEPT_DAYS = 7;

/** Finds a bucket that an environment no longer has, or that deletes objects earlier than before. */
export async function bucketEffects(
  change: Change & { before: string },
  environment: Environment,
): Promise<Effect[]> {
  const file = locationsOf(change).ownTerraform(environment.name);
  if (file === undefined) {
    return [];
  }
  const before = await bucketOf(change.before, file);
  if (!before) {
    return [];
  }
  const after = await bucketOf(change.root, file);
  const name = `The bucket ${applicationName(
    change.team,
    change.workload,
    environment.name,
  )}`;
  if (!after) {
    return [
      {
        code: 'bucket-removed',
        text: `${name} is deleted with its old versions once it is empty. While it has objects, the pipeline of Terraform fails. Save what is needed, then empty it.`,
      },
    ];
  }
  return earlierTexts(before, after).map(
    (text): Effect => ({ code: 'bucket-emptied', text: `${name} ${text}` }),
  );
}

function earlierTexts(before: Bucket, after: Bucket): string[] {
  const [was, becomes] = [before, after].map(
    bucket => bucket.expire_after_days ?? Infinity,
  );
  const [kept, keeps] = [before, after].map(
    bucket => bucket.keep_old_versions_days ?? KEPT_DAYS,
  );
  return [
    ...(becomes < was
      ? [
          `deletes its objects after ${becomes} days (${
            was === Infinity ? 'it kept them' : `was ${was}`
          }): all that are older go at once. Save what is needed first.`,
        ]
      : []),
    ...(keeps < kept
      ? [
          `keeps what was overwritten or deleted for ${keeps} days (was ${kept}).`,
        ]
      : []),
  ];
}

/** Reads the bucket of a workload's file as Terraform does, so that no comment or indentation hides one. */
async function bucketOf(
  root: string,
  file: string,
): Promise<Bucket | undefined> {
  if (!(await fileStatus(root, file))?.isFile()) {
    return undefined;
  }
  try {
    const text = await readText(join(root, file), FILE_BYTES.terraform);
    const { module } = fileSchema.parse(await parseTerraform(text));
    return Object.values(module)
      .flat()
      .flatMap(({ bucket }) => bucket ?? [])[0];
  } catch {
    // The check of Terraform files names what cannot be read.
    return undefined;
  }
}
