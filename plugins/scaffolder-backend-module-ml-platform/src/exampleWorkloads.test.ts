import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createFetchTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  type Environment,
  namespaceName,
  overlayDirectory,
  TEAM_ROOTS_DIRECTORY,
  workloadDirectory,
} from '@internal/plugin-ml-platform-common';
import { parse } from 'yaml';
import { hclFilter } from './filters/hclFilter';
import { yamlFilter } from './filters/yamlFilter';

const root = resolve(__dirname, '../../..');
const infra = join(root, 'infra');
const skeleton = join(root, 'templates/ml-service/skeleton');
const environments: Environment[] = [
  { name: 'dev', cluster: 'sandbox', namespaceSuffix: '-dev' },
  { name: 'staging', cluster: 'sandbox', namespaceSuffix: '-staging' },
  { name: 'uat', cluster: 'sandbox', namespaceSuffix: '-uat' },
  { name: 'prod', cluster: 'sandbox', namespaceSuffix: '' },
];
const sizes = new Map([
  ['250m', 'small'],
  ['1', 'medium'],
  ['2', 'large'],
]);

const fetchTemplate = createFetchTemplateAction({
  reader: mockServices.urlReader.mock(),
  integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
  additionalTemplateFilters: {
    yaml: yamlFilter.filter,
    hcl: hclFilter.filter,
  },
  additionalTemplateGlobals: {
    environments: environments.map(e => ({ ...e })),
  },
});

let temporary: string;
let workspacePath: string;
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'examples-'));
  workspacePath = join(temporary, 'workspace');
});
afterEach(() => rm(temporary, { recursive: true, force: true }));

async function render(
  part: string,
  targetPath: string,
  values: Record<string, unknown>,
) {
  await fetchTemplate.handler({
    ...createMockActionContext({
      workspacePath,
      templateInfo: {
        entityRef: 'template:default/ml-service',
        baseUrl: `file://${skeleton}/template.yaml`,
      },
      input: {
        url: `./${part}`,
        targetPath,
        values: values as Record<string, string>,
        trimBlocks: true,
        lstripBlocks: true,
      },
    }),
    // The mock's is the same one for every call, so that parts would mix.
    createTemporaryDirectory: () => mkdtemp(join(temporary, 'part-')),
  });
}

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name).slice(directory.length + 1),
    )
    .sort();
}

async function firstContainer(team: string, workload: string, file: string) {
  const path = join(infra, overlayDirectory(team, workload, 'dev'), file);
  const { spec } = parse(await readFile(path, 'utf8'));
  return spec.template.spec.containers[0];
}

// Those that people have changed by hand since (ml-backend, data-api) say so in their base.
it.each([['app-ml-team', 'feature-api']])(
  '%s/%s equals the output of the template for its answers',
  async (team, workload) => {
    const directory = workloadDirectory(team, workload);
    const { template, values } = parse(
      await readFile(join(infra, directory, 'ml-platform.yaml'), 'utf8'),
    );
    // Images and sizes belong to environments and are not among the answers.
    const { image } = await firstContainer(team, workload, 'image.yaml');
    const { resources } = await firstContainer(team, workload, 'size.yaml');
    const size = sizes.get(resources.requests.cpu);

    await render('workload', directory, { ...values, commit: template.commit });
    for (const environment of environments) {
      const { name } = environment;
      await render('overlay', overlayDirectory(team, workload, name), {
        ...values,
        image,
        size,
        environment: name,
        namespace: namespaceName(team, environment),
      });
      await render('terraform', `${TEAM_ROOTS_DIRECTORY}/${team}/${name}`, {
        ...values,
        environment: name,
      });
    }

    const rendered = await filesBelow(workspacePath);
    const inDirectory = rendered.filter(file => file.startsWith(directory));
    expect(inDirectory.map(file => file.slice(directory.length + 1))).toEqual(
      await filesBelow(join(infra, directory)),
    );
    for (const file of rendered) {
      expect({
        file,
        text: await readFile(join(infra, file), 'utf8'),
      }).toEqual({
        file,
        text: await readFile(join(workspacePath, file), 'utf8'),
      });
    }
  },
);
