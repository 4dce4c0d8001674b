import { lstat, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { fieldProblems, localFiles } from './kustomizationFields';

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

const FILE_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
/** Excludes schemes, queries, host aliases and empty segments, which Kustomize could interpret as remote. */
const LOCAL_PATH = /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*\/?$/;
const REMOTE_PATH = /^github\.com(\/|$)|\.git(\/|$)|(^|\/)_git(\/|$)/i;

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
    const content = await parseKustomization(path.join(root, file));
    if (typeof content === 'string') {
      problems.push({ path: file, text: content });
      return;
    }
    const add = (text: string) => problems.push({ path: file, text });
    fieldProblems(content).forEach(add);
    for (const { field, entry } of localFiles(content)) {
      if (!LOCAL_PATH.test(entry) || escapes(entry)) {
        add(
          `${field}: "${entry}" is not a file of this directory. Put the file beside kustomization.yaml and name it here.`,
        );
      }
    }
    for (const field of ['resources', 'components'] as const) {
      for (const entry of stringsOf(content[field])) {
        const target = await resolveEntry(root, current, entry);
        if (!target) {
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
  }

  await visit(path.normalize(directory));
  return problems;
}

async function kustomizationFile(
  root: string,
  directory: string,
): Promise<string | undefined> {
  const candidates = await Promise.all(
    FILE_NAMES.map(async name => {
      const file = path.join(directory, name);
      const found = await plainEntry(root, file);
      return found && !found.directory ? file : undefined;
    }),
  );
  const files = candidates.filter(file => file !== undefined);
  return files.length === 1 ? files[0] : undefined;
}

/** Parses a kustomization. @returns its content, or a message when it is invalid. */
async function parseKustomization(
  file: string,
): Promise<Record<string, unknown> | string> {
  try {
    const content: unknown = parse(await readFile(file, 'utf8'));
    return typeof content === 'object' &&
      content !== null &&
      !Array.isArray(content)
      ? { ...content }
      : 'This is not a kustomization: write a mapping with `resources`.';
  } catch (error) {
    return `This is not YAML: ${
      error instanceof Error ? error.message : error
    }`;
  }
}

async function resolveEntry(root: string, directory: string, entry: string) {
  if (!LOCAL_PATH.test(entry) || REMOTE_PATH.test(entry)) {
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

function escapes(entry: string): boolean {
  return path.normalize(entry).split('/')[0] === '..';
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
