import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PlatformFiles } from './PlatformFiles';

/** Directories and files that the plan is rendered from or into, relative to the root directory. */
const INPUTS = [
  'catalog',
  'ci',
  'gitops/bootstrap',
  'gitops/components',
  'gitops/platform',
  'gitops/policies/parameters.yaml',
  'gitops/tenants',
  'terraform/compositions',
  'platform.yaml',
];
const AT_REPOSITORY_ROOT = ['.github/workflows', 'CODEOWNERS'];

/** Reads the files of a work tree that the plan concerns. Symbolic links are not followed. */
export async function readPlatformFiles(
  repository: string,
  rootDirectory: string,
): Promise<PlatformFiles> {
  const files = new Map<string, string>();
  const inputs = [
    ...INPUTS.map(name => path.posix.join(rootDirectory, name)),
    ...AT_REPOSITORY_ROOT,
  ];
  for (const input of inputs) {
    for (const file of await filesIn(repository, input)) {
      files.set(file, await readFile(path.join(repository, file), 'utf8'));
    }
  }
  return new PlatformFiles(files, rootDirectory);
}

async function filesIn(repository: string, input: string): Promise<string[]> {
  const absolute = path.join(repository, input);
  const entries = await readdir(absolute, {
    recursive: true,
    withFileTypes: true,
  }).catch((error: NodeJS.ErrnoException) => error.code);
  if (Array.isArray(entries)) {
    return entries
      .filter(
        entry => entry.isFile() && !entry.parentPath.includes('/.terraform'),
      )
      .map(entry =>
        path.relative(repository, path.join(entry.parentPath, entry.name)),
      );
  }
  return entries === 'ENOTDIR' ? [input] : [];
}
