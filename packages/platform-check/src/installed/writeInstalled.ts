import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Layout } from '../Layout';
import { readTenants } from '../tenants';
import { installedFiles } from './installedFiles';

/** Writes CODEOWNERS and the workflows to the repository's root directory. */
export async function writeInstalled(options: {
  repository: string;
  rootDirectory: string;
}): Promise<string[]> {
  const { repository } = options;
  const layout = Layout.at(options.rootDirectory);
  const tenants = await readTenants(repository, layout);
  const files = await installedFiles({ repository, layout, tenants });
  for (const [file, content] of files) {
    const target = path.join(repository, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  return [...files.keys()];
}
