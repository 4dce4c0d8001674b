import { lstat, open, realpath } from 'node:fs/promises';
import path from 'node:path';
import {
  isLocalPath,
  KUSTOMIZATION_FILES,
  parseKustomization,
  referencesOf,
} from '@internal/platform-rules';

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

/** Larger files are not read. */
const MAX_KUSTOMIZATION_BYTES = 256 * 1024;

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
    const parsed = parseKustomization(await readText(path.join(root, file)));
    if ('violations' in parsed) {
      parsed.violations.forEach(({ advice }) => add(advice));
      return;
    }
    for (const { field, entry, type } of referencesOf(parsed.kustomization)) {
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

/** Reads a kustomization; one that is too large is cut off, so that it is refused for its size. */
async function readText(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(MAX_KUSTOMIZATION_BYTES),
    });
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
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
