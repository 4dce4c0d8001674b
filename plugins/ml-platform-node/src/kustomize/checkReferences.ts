import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import {
  isLocalPath,
  KUSTOMIZATION_BYTES,
  KUSTOMIZATION_FILES,
  type KustomizationReference,
  parseKustomization,
  referencesOf,
} from '@internal/platform-rules';
import { readText } from '../untrustedFiles';

/** Directories that a kustomization may load. */
export interface ReferenceScope {
  /** Absolute path of the repository's root. */
  root: string;
  /** Allowed directories below the root, for example that of the workload and `infra/gitops/components`. */
  allowedDirectories: string[];
}

export interface ReferenceProblem {
  /** The kustomization file, relative to the root. */
  path: string;
  text: string;
}

/**
 * Finds references of a kustomization that leave the scope, need the network or run programs, without building or fetching
 * anything.
 */
export async function checkReferences(
  directory: string,
  scope: ReferenceScope,
): Promise<ReferenceProblem[]> {
  const root = await realpath(scope.root);
  const problems: ReferenceProblem[] = [];
  const seen = new Set<string>();

  async function visit(current: string): Promise<void> {
    if (seen.has(current)) {
      return;
    }
    seen.add(current);
    const file = await kustomizationFile(root, current);
    if (!file) {
      problems.push({
        path: current,
        text: 'This directory needs exactly one kustomization.yaml.',
      });
      return;
    }
    const add = (text: string) => problems.push({ path: file, text });
    const read = await readReferences(path.join(root, file));
    if ('messages' in read) {
      read.messages.forEach(add);
      return;
    }
    for (const { field, entry, type } of read.references) {
      const target = await resolveEntry(root, current, entry);
      if (type === 'file') {
        if (
          !target ||
          target.directory ||
          !target.path.startsWith(`${current}/`)
        ) {
          add(
            `${field}: "${entry}" is not a file of this directory. Put the file beside kustomization.yaml and name it here.`,
          );
        }
      } else if (!target) {
        add(
          `${field}: "${entry}" is not a file or directory of this repository. Remote resources are not loaded; copy what you need into the workload.`,
        );
      } else if (!isWithin(target.path, scope.allowedDirectories)) {
        add(
          `${field}: "${entry}" is not allowed. This can only refer to ${scope.allowedDirectories.join(
            ' and ',
          )}.`,
        );
      } else if (target.directory) {
        await visit(target.path);
      }
    }
  }

  await visit(path.normalize(directory));
  return problems;
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

/** Parses a kustomization. @returns its references, or messages about what is not accepted. */
async function readReferences(
  file: string,
): Promise<{ references: KustomizationReference[] } | { messages: string[] }> {
  let text;
  try {
    text = await readText(file, KUSTOMIZATION_BYTES);
  } catch (error) {
    if (error instanceof InputError) {
      return { messages: [error.message] };
    }
    throw error;
  }
  const parsed = parseKustomization(text);
  return 'violations' in parsed
    ? { messages: parsed.violations.map(({ advice }) => advice) }
    : { references: referencesOf(parsed.kustomization) };
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
