import { createHash } from 'node:crypto';
import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import {
  inlinePatchesOf,
  isLocalPath,
  type Kustomization,
  KUSTOMIZATION_BYTES,
  KUSTOMIZATION_FILES,
  type KustomizationReference,
  parseKustomization,
  referencesOf,
} from '@internal/platform-rules';
import { FILE_BYTES, readBytes } from '../untrustedFiles';
import { expandedBytes } from './expandedBytes';

/** Directories that a kustomization may load. */
export interface ReferenceScope {
  /** Absolute path of the repository's root. */
  root: string;
  /** Allowed directories below the root, for example that of the workload and `infra/gitops/components`. */
  allowedDirectories: string[];
}

export interface ReferenceProblem {
  /** The kustomization, or a file that it loads, relative to the root. */
  path: string;
  text: string;
}

/**
 * Checks everything that one kustomization loads, directories that it refers to included, before `kustomize build` runs on
 * files of a team: each reference stays in the scope, and the size of all files together is known.
 */
export class KustomizationVisit {
  readonly problems: ReferenceProblem[] = [];
  readonly #root: string;
  readonly #scope: ReferenceScope;
  /** Bytes that each directory loads; undefined while it is visited. */
  readonly #directories = new Map<string, number | undefined>();
  /** Digest of each file that was read, by its path. */
  readonly #files = new Map<string, string>();

  constructor(root: string, scope: ReferenceScope) {
    this.#root = root;
    this.#scope = scope;
  }

  /** Visits a directory, unless it was visited before. @returns the bytes that it loads. */
  async visitDirectory(current: string): Promise<number> {
    const known = this.#directories.get(current);
    if (known !== undefined) {
      return known;
    }
    if (this.#directories.has(current)) {
      this.#add(current, 'This directory loads itself, by way of others.');
      return 0;
    }
    this.#directories.set(current, undefined);
    const bytes = await this.#visitKustomization(current);
    this.#directories.set(current, bytes);
    return bytes;
  }

  /** Digest of everything that was visited: the paths and bytes of all files that a build would load. */
  digest(): string {
    return digestOf(JSON.stringify([...this.#files].sort()));
  }

  async #visitKustomization(current: string): Promise<number> {
    const file = await kustomizationFile(this.#root, current);
    if (!file) {
      this.#add(
        current,
        'This directory needs exactly one kustomization.yaml.',
      );
      return 0;
    }
    const kustomization = await this.#readKustomization(file);
    if (!kustomization) {
      return 0;
    }
    let { bytes } = kustomization;
    for (const { field, text } of inlinePatchesOf(kustomization.content)) {
      bytes += await this.#measure(file, `${field}: `, async () =>
        expandedBytes(text),
      );
    }
    for (const reference of referencesOf(kustomization.content)) {
      bytes += await this.#visitReference(file, current, reference);
    }
    return bytes;
  }

  async #visitReference(
    file: string,
    current: string,
    { field, entry, type }: KustomizationReference,
  ): Promise<number> {
    const target = await resolveEntry(this.#root, current, entry);
    if (type === 'file' || type === 'data') {
      if (
        !target ||
        target.directory ||
        !target.path.startsWith(`${current}/`)
      ) {
        this.#add(
          file,
          `${field}: "${entry}" is not a file of this directory. Put the file beside kustomization.yaml and name it here.`,
        );
        return 0;
      }
    } else if (!target) {
      this.#add(
        file,
        `${field}: "${entry}" is not a file or directory of this repository. Remote resources are not loaded; copy what you need into the workload.`,
      );
      return 0;
    } else if (!isWithin(target.path, this.#scope.allowedDirectories)) {
      this.#add(
        file,
        `${field}: "${entry}" is not allowed. This can only refer to ${this.#scope.allowedDirectories.join(
          ' and ',
        )}.`,
      );
      return 0;
    }
    return target.directory
      ? this.visitDirectory(target.path)
      : this.#measure(target.path, '', async () => {
          const content = await this.#read(target.path, FILE_BYTES.other);
          // YAML as a build holds it: with its aliases replaced.
          return type === 'data'
            ? content.length
            : expandedBytes(content.toString('utf8'));
        });
  }

  /** Parses a kustomization, unless it has problems. */
  async #readKustomization(
    file: string,
  ): Promise<{ content: Kustomization; bytes: number } | undefined> {
    let content: Kustomization | undefined;
    const bytes = await this.#measure(file, '', async () => {
      const text = await this.#read(file, KUSTOMIZATION_BYTES);
      const parsed = parseKustomization(text.toString('utf8'));
      if ('violations' in parsed) {
        parsed.violations.forEach(({ advice }) => this.#add(file, advice));
      } else {
        content = parsed.kustomization;
      }
      return text.length;
    });
    return content && { content, bytes };
  }

  async #read(file: string, maxBytes: number): Promise<Buffer> {
    const content = await readBytes(path.join(this.#root, file), maxBytes);
    this.#files.set(file, digestOf(content));
    return content;
  }

  async #measure(
    file: string,
    where: string,
    measure: () => Promise<number>,
  ): Promise<number> {
    try {
      return await measure();
    } catch (error) {
      if (error instanceof InputError) {
        this.#add(file, `${where}${error.message}`);
        return 0;
      }
      throw error;
    }
  }

  #add(file: string, text: string) {
    this.problems.push({ path: file, text });
  }
}

async function kustomizationFile(
  root: string,
  directory: string,
): Promise<string | undefined> {
  const candidates = await Promise.all(
    KUSTOMIZATION_FILES.map(async name => {
      const file = path.join(directory, name);
      const found = await plainEntry(root, file);
      return found && !found.directory ? file : undefined;
    }),
  );
  const files = candidates.filter(file => file !== undefined);
  return files.length === 1 ? files[0] : undefined;
}

function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

async function resolveEntry(root: string, directory: string, entry: string) {
  if (!isLocalPath(entry)) {
    return undefined;
  }
  const target = path.normalize(path.join(directory, entry)).replace(/\/$/, '');
  if (target === '..' || target.startsWith('../')) {
    return undefined;
  }
  const found = await plainEntry(root, target);
  return found && { path: target, directory: found.directory };
}

/** Looks up a file or directory, unless its path contains a symbolic link. */
async function plainEntry(root: string, target: string) {
  const absolute = path.join(root, target);
  try {
    const [status, real] = await Promise.all([
      lstat(absolute),
      realpath(absolute),
    ]);
    return real === absolute ? { directory: status.isDirectory() } : undefined;
  } catch {
    return undefined;
  }
}

function isWithin(target: string, directories: string[]): boolean {
  return directories.some(
    directory => target === directory || target.startsWith(`${directory}/`),
  );
}
