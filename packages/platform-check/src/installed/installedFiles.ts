import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import type { Layout } from '../Layout';
import { codeowners, ownersSchema } from '../owners/codeowners';
import type { Tenant } from '../tenants';

const WORKFLOWS = '.github/workflows';

/**
 * Generates the files that forges read at the repository's root: CODEOWNERS from `tenants/`, workflows from `ci/workflows/`.
 * Gitea reads the same paths as GitHub.
 *
 * @returns content by path; empty without `ci/owners.yaml`
 */
export async function installedFiles(context: {
  repository: string;
  layout: Layout;
  tenants: Tenant[];
}): Promise<Map<string, string>> {
  const { repository, layout, tenants } = context;
  const source = `${layout.ci}/owners.yaml`;
  const text = await readFile(path.join(repository, source), 'utf8').catch(
    () => undefined,
  );
  if (text === undefined) {
    return new Map();
  }
  const owners = ownersSchema.safeParse(parse(text));
  if (!owners.success) {
    const [{ path: field, message }] = owners.error.issues;
    throw new InputError(`${source}: ${field.join('.')}: ${message}`);
  }
  const files = new Map([
    ['CODEOWNERS', codeowners(owners.data, layout, tenants)],
  ]);
  const workflows = path.join(repository, layout.ci, 'workflows');
  for (const name of await readdir(workflows).catch(() => [])) {
    files.set(
      `${WORKFLOWS}/${name}`,
      await readFile(path.join(workflows, name), 'utf8'),
    );
  }
  return files;
}
