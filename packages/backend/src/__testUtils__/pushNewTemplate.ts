import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PortalTarget } from './PortalTarget';

/** Name of the golden path that `pushNewTemplate` adds. */
export const NEW_TEMPLATE = 'contact-service';
const BASE = `templates/${NEW_TEMPLATE}/skeleton/environment/base`;

/** Changes that make another golden path out of a copy of `ml-service`: a text and its replacement, by file. */
const CHANGES: Record<string, [string, string]> = {
  [`templates/${NEW_TEMPLATE}/template.yaml`]: [
    'name: ml-service',
    `name: ${NEW_TEMPLATE}`,
  ],
  'templates/catalog-info.yaml': [
    '    - ./ml-service/template.yaml\n',
    `    - ./ml-service/template.yaml\n    - ./${NEW_TEMPLATE}/template.yaml\n`,
  ],
  [`${BASE}/kustomization.yaml`]: [
    '  - deployment.yaml\n',
    '  - contact.yaml\n  - deployment.yaml\n',
  ],
};
const FIELD = `        contact:
          title: Contact
          type: string
          maxLength: 60
`;
const CONFIG_MAP = `apiVersion: v1
kind: ConfigMap
metadata:
  name: contact
data:
  contact: \${{ values.contact | yaml }}
`;

/** Pushes a new golden path to the platform repository: a copied folder with another form and skeleton. */
export async function pushNewTemplate({ forge }: PortalTarget): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'new-template-'));
  const url = new URL(`${forge.url}/acme/platform.git`);
  url.username = 'platform-engineer';
  url.password = forge.platformEngineerToken;
  const git = (...args: string[]) =>
    promisify(execFile)('git', ['-C', directory, ...args]);
  await git('clone', '--quiet', '--depth=1', url.href, '.');
  await cp(
    join(directory, 'templates/ml-service'),
    join(directory, 'templates', NEW_TEMPLATE),
    { recursive: true },
  );
  for (const [name, [before, after]] of Object.entries(CHANGES)) {
    await edit(join(directory, name), before, after);
  }
  await edit(
    join(directory, `templates/${NEW_TEMPLATE}/template.yaml`),
    '        gpu:\n',
    `${FIELD}        gpu:\n`,
  );
  await writeFile(join(directory, BASE, 'contact.yaml'), CONFIG_MAP);
  await git('add', '--all');
  await git(
    '-c',
    'user.name=x',
    '-c',
    'user.email=x@example.com',
    'commit',
    '--quiet',
    '--message=Add a golden path',
  );
  await git('push', '--quiet', 'origin', 'HEAD:main');
  await rm(directory, { recursive: true });
}

async function edit(file: string, before: string, after: string) {
  const content = await readFile(file, 'utf8');
  if (!content.includes(before)) {
    throw new Error(`${file} does not contain ${before}`);
  }
  await writeFile(file, content.replace(before, after));
}
