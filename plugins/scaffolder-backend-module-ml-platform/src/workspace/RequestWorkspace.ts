import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConflictError } from '@backstage/errors';
import { environmentSchema } from '@internal/plugin-ml-platform-common';
import { z } from 'zod';

const RECORDS = '.ml-platform';
const CHECKOUT = 'checkout.json';
const MERGE = 'merge.json';
const VALIDATION = 'validation.json';

const checkoutSchema = z.object({
  commit: z.string(),
  team: z.string(),
  workload: z.string(),
  /** True when the workload's directory is in the platform repository already. */
  exists: z.boolean(),
  /** Those that the team has a namespace in. */
  environments: z.array(environmentSchema),
  requester: z.object({
    ref: z.string(),
    name: z.string(),
    email: z.string(),
  }),
});
/** What `checkout` decided: later steps ask nobody again. */
export type CheckoutRecord = z.infer<typeof checkoutSchema>;

const mergeSchema = z.object({
  /** Files that the request adds, relative to the repository's root. */
  added: z.array(z.string()),
  /** Files that exist with other content. */
  conflicts: z.array(z.string()),
});
export type MergeRecord = z.infer<typeof mergeSchema>;

const validationSchema = z.object({ digest: z.string(), passed: z.boolean() });
export type ValidationRecord = z.infer<typeof validationSchema>;

/**
 * The directories of one task, and what each step leaves for the next:
 * `repository/` (as of the commit), `rendered/` (what the template made), `proposed/` (the first with the second over it).
 *
 * A task that is recovered skips its completed steps even when the workspace is lost. The records live in the
 * workspace, so a step whose input is lost stops instead of proposing nothing or half of it.
 */
export class RequestWorkspace {
  readonly checkout: CheckoutRecord;
  readonly #directory: string;

  private constructor(directory: string, checkout: CheckoutRecord) {
    this.#directory = directory;
    this.checkout = checkout;
  }

  /** Starts over with empty directories. The record is written by `finish`, when the files are there. */
  static async create(directory: string, checkout: CheckoutRecord) {
    const workspace = new RequestWorkspace(directory, checkout);
    await Promise.all(
      [
        workspace.#records,
        workspace.repositoryDirectory,
        workspace.proposedDirectory,
      ].map(path => rm(path, { recursive: true, force: true })),
    );
    await mkdir(workspace.repositoryDirectory, { recursive: true });
    return workspace;
  }

  /**
   * @throws ConflictError when `checkout` did not run here, or ran for another target.
   */
  static async open(
    directory: string,
    target?: { team: string; workload: string },
  ) {
    const workspace = new RequestWorkspace(
      directory,
      await readRecord(join(directory, RECORDS, CHECKOUT), checkoutSchema),
    );
    const { team, workload } = workspace.checkout;
    if (target && (target.team !== team || target.workload !== workload)) {
      throw new ConflictError(
        `This step is about ${target.workload} of ${target.team}, but the files are those of ${workload} of ${team}. The template has to name the same team and workload in every step.`,
      );
    }
    return workspace;
  }

  get repositoryDirectory() {
    return join(this.#directory, 'repository');
  }
  get renderedDirectory() {
    return join(this.#directory, 'rendered');
  }
  get proposedDirectory() {
    return join(this.#directory, 'proposed');
  }
  get #records() {
    return join(this.#directory, RECORDS);
  }

  async finishCheckout() {
    await this.#write(CHECKOUT, this.checkout);
  }

  /** Makes `proposed/` anew: what is there with the added files over it. */
  async propose(record: MergeRecord) {
    await rm(this.proposedDirectory, { recursive: true, force: true });
    await cp(this.repositoryDirectory, this.proposedDirectory, {
      recursive: true,
    });
    for (const path of record.added) {
      const target = join(this.proposedDirectory, path);
      await mkdir(dirname(target), { recursive: true });
      await cp(join(this.renderedDirectory, path), target);
    }
    await this.#write(MERGE, record);
  }

  async merged(): Promise<MergeRecord> {
    return readRecord(join(this.#records, MERGE), mergeSchema);
  }

  async finishValidation(record: ValidationRecord) {
    await this.#write(VALIDATION, record);
  }

  async validated(): Promise<ValidationRecord> {
    return readRecord(join(this.#records, VALIDATION), validationSchema);
  }

  async #write(name: string, record: unknown) {
    await mkdir(this.#records, { recursive: true });
    await writeFile(join(this.#records, name), JSON.stringify(record));
  }
}

async function readRecord<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new ConflictError(
        'The files of this task are no longer there, probably because the portal restarted. Start the request again; nothing was changed.',
      );
    }
    throw error;
  }
  return schema.parse(JSON.parse(text));
}
