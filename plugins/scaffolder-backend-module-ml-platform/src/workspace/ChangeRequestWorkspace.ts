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
  /** True when the platform repository already has the workload's directory. */
  exists: z.boolean(),
  /** Environments in which the team has a namespace. */
  environments: z.array(environmentSchema),
  requester: z.object({
    ref: z.string(),
    name: z.string(),
    email: z.string(),
  }),
});
/** Result of `checkout`, which later steps rely on. */
export type CheckoutRecord = z.infer<typeof checkoutSchema>;

const mergeSchema = z.object({
  /** Files that the change adds, relative to the repository's root. */
  added: z.array(z.string()),
  /** Existing files with other content. */
  conflicts: z.array(z.string()),
});
export type MergeRecord = z.infer<typeof mergeSchema>;

const validationSchema = z.object({ digest: z.string(), passed: z.boolean() });
export type ValidationRecord = z.infer<typeof validationSchema>;

/**
 * Workspace of one task: `repository/` (checkout of the base commit), `rendered/` (files from the template), `proposed/`
 * (checkout with the rendered files merged), and records of each step for the next.
 *
 * A recovered task skips its completed steps even when the workspace is lost. Since the records are in the workspace, a step
 * without its input then stops instead of proposing an incomplete change.
 */
export class ChangeRequestWorkspace {
  readonly checkout: CheckoutRecord;
  readonly #directory: string;

  private constructor(directory: string, checkout: CheckoutRecord) {
    this.#directory = directory;
    this.checkout = checkout;
  }

  /** Starts with empty directories. `finishCheckout` writes the record once the files are complete. */
  static async create(directory: string, checkout: CheckoutRecord) {
    const workspace = new ChangeRequestWorkspace(directory, checkout);
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
   * Opens the workspace that `checkout` filled.
   *
   * @throws ConflictError when it did not run here, or ran for another target.
   */
  static async open(
    directory: string,
    target?: { team: string; workload: string },
  ) {
    const workspace = new ChangeRequestWorkspace(
      directory,
      await readRecord(join(directory, RECORDS, CHECKOUT), checkoutSchema),
    );
    const { team, workload } = workspace.checkout;
    if (target && (target.team !== team || target.workload !== workload)) {
      throw new ConflictError(
        `This step is for ${target.workload} of ${target.team}, but checkout was for ${workload} of ${team}. The template must name the same team and workload in every step.`,
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

  /** Rebuilds `proposed/` from the checkout and the added files. */
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
        'The files of this task are gone, probably because the portal restarted. Start again; nothing was changed.',
      );
    }
    throw error;
  }
  return schema.parse(JSON.parse(text));
}
