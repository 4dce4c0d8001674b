import {
  cp,
  mkdir,
  readdir,
  readFile,
  rm,
  rmdir,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import {
  describeTarget,
  type FileChange,
  type MergeResult,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { listRenderedFiles } from './renderedFiles';
import {
  anyCheckoutSchema,
  changeSchema,
  isWorkloadCheckout,
  validationSchema,
  type AnyCheckoutRecord,
  type ChangeRecord,
  type CheckoutRecord,
  type ValidationRecord,
} from './stepRecords';

const RECORDS = '.ml-platform';
const CHECKOUT = 'checkout.json';
const CHANGE = 'change.json';
const VALIDATION = 'validation.json';

/** Generated files by path, relative to the repository's root. */
export interface GeneratedFiles {
  /** As they were generated last; what people changed since stays. */
  recorded: Map<string, Buffer>;
  /** As they are generated now. */
  next: Map<string, Buffer>;
}

/**
 * Workspace of one task: `repository/` (checkout of the base commit), `recorded/` and `rendered/` (generated files, last time
 * and now), `proposed/` (checkout with both merged), and records of each step for the next.
 *
 * A recovered task skips its completed steps even when the workspace is lost. Since the records are in the workspace, a step
 * without its input then stops instead of proposing an incomplete change.
 */
export class ChangeRequestWorkspace {
  readonly checkout: AnyCheckoutRecord;
  readonly #directory: string;

  private constructor(directory: string, checkout: AnyCheckoutRecord) {
    this.#directory = directory;
    this.checkout = checkout;
  }

  /** Starts with empty directories. `finishCheckout` writes the record once the files are complete. */
  static async create(directory: string, checkout: AnyCheckoutRecord) {
    const workspace = new ChangeRequestWorkspace(directory, checkout);
    await Promise.all(
      [
        workspace.#records,
        workspace.repositoryDirectory,
        workspace.#recordedDirectory,
        workspace.renderedDirectory,
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
    target?: { team: string; workload?: string },
  ) {
    const workspace = new ChangeRequestWorkspace(
      directory,
      await readRecord(join(directory, RECORDS, CHECKOUT), anyCheckoutSchema),
    );
    const { checkout } = workspace;
    const { team } = checkout;
    const workload = isWorkloadCheckout(checkout)
      ? checkout.workload
      : undefined;
    if (target && (target.team !== team || target.workload !== workload)) {
      throw new ConflictError(
        `This step is for ${describeTarget(
          target,
        )}, but checkout was for ${describeTarget({
          team,
          workload,
        })}. The template must name the same team and workload in every step.`,
      );
    }
    return workspace;
  }

  /** @throws InputError when the request is for a team. */
  get workloadCheckout(): CheckoutRecord {
    if (!isWorkloadCheckout(this.checkout)) {
      throw new InputError(
        'This step is for requests that change a workload. Contact the owner of the template.',
      );
    }
    return this.checkout;
  }

  get repositoryDirectory() {
    return join(this.#directory, 'repository');
  }
  get proposedDirectory() {
    return join(this.#directory, 'proposed');
  }
  get renderedDirectory() {
    return join(this.#directory, 'rendered');
  }
  get #recordedDirectory() {
    return join(this.#directory, 'recorded');
  }
  get #records() {
    return join(this.#directory, RECORDS);
  }

  async finishCheckout() {
    await this.#write(CHECKOUT, this.checkout);
  }

  /** Adds generated files to those of earlier steps. A file that only `recorded` has is one to delete. */
  async generate({ recorded, next }: GeneratedFiles) {
    for (const path of recorded.keys()) {
      await rm(resolveSafeChildPath(this.renderedDirectory, path), {
        force: true,
      });
    }
    await writeFiles(this.#recordedDirectory, recorded);
    await writeFiles(this.renderedDirectory, next);
  }

  /** Reads a file of the checkout, and as earlier steps generated it. */
  async read(path: string): Promise<{
    base: Buffer | undefined;
    current: Buffer | undefined;
    isGenerated: boolean;
  }> {
    const base = await readIfFile(
      resolveSafeChildPath(this.repositoryDirectory, path),
    );
    const generated = await readIfFile(
      resolveSafeChildPath(this.renderedDirectory, path),
    );
    return {
      base,
      current: generated ?? base,
      isGenerated: generated !== undefined,
    };
  }

  /** @throws InputError for files that a template must not render. */
  async generated(): Promise<GeneratedFiles> {
    return {
      recorded: await readFiles(this.#recordedDirectory),
      next: await readFiles(this.renderedDirectory),
    };
  }

  /** Rebuilds `proposed/` from the checkout and the merged files. */
  async propose({ changes, conflicts }: MergeResult) {
    const proposed = this.proposedDirectory;
    await rm(proposed, { recursive: true, force: true });
    await cp(this.repositoryDirectory, proposed, { recursive: true });
    const record: ChangeRecord = { changes: [], conflicts };
    // Deletions first: a file may take the place of a directory.
    const ordered = [
      ...changes.filter(change => 'deleted' in change),
      ...changes.filter(change => 'content' in change),
    ];
    for (const change of ordered) {
      const target = resolveSafeChildPath(proposed, change.path);
      if ('deleted' in change) {
        await removeFile(target, proposed);
        record.changes.push({ path: change.path, deleted: true });
      } else {
        const { path, content, executable } = change;
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, content);
        record.changes.push({ path, executable });
      }
    }
    await this.#write(CHANGE, record);
  }

  /** The change that `merge` made, without contents. */
  async change(): Promise<ChangeRecord> {
    return readRecord(join(this.#records, CHANGE), changeSchema);
  }

  /** The change that `merge` made, sorted by path. */
  async changes(): Promise<FileChange[]> {
    const { changes } = await this.change();
    const files = await Promise.all(
      changes.map(async (change): Promise<FileChange> => {
        const { path, deleted, executable } = change;
        return deleted
          ? { path, deleted }
          : {
              path,
              executable,
              content: await readFile(
                resolveSafeChildPath(this.proposedDirectory, path),
              ),
            };
      }),
    );
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
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

async function writeFiles(directory: string, files: Map<string, Buffer>) {
  for (const [path, content] of files) {
    const target = resolveSafeChildPath(directory, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}

async function readFiles(directory: string): Promise<Map<string, Buffer>> {
  const paths = await listRenderedFiles(directory);
  return new Map(
    await Promise.all(
      paths.map(
        async path => [path, await readFile(join(directory, path))] as const,
      ),
    ),
  );
}

/** Removes a file, and the directories that it leaves empty, which Git would not have. */
async function removeFile(file: string, root: string) {
  await rm(file, { force: true });
  for (
    let parent = dirname(file);
    parent !== root && (await readdir(parent)).length === 0;
    parent = dirname(parent)
  ) {
    await rmdir(parent);
  }
}

async function readIfFile(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
      return undefined;
    }
    throw error;
  });
}

async function readRecord<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new ConflictError(
        'The files of this task are gone, probably because the portal restarted. Start again. If it has opened its pull request already, you get that one.',
      );
    }
    throw error;
  }
  return schema.parse(JSON.parse(text));
}
