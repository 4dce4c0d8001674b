import { existsSync } from 'node:fs';
import { cp, readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import type { JsonObject } from '@backstage/types';
import {
  type Environment,
  overlayDirectory,
  runsDirectory,
  workloadDirectory,
  workloadTerraformFile,
} from '@internal/plugin-ml-platform-common';
import {
  ANSWERS_FILE,
  formatAnswers,
  formatRunAnswers,
  parseAnswers,
  readRunAnswers,
} from '@internal/plugin-ml-platform-node';
import { declaredValues } from './engine/declaredValues';
import { SkeletonRenderer } from './engine/SkeletonRenderer';

const root = resolve(__dirname, '../../..');
const infra = join(root, 'infra');
const environments: Environment[] = [
  { name: 'dev', cluster: 'sandbox', namespaceSuffix: '-dev' },
  { name: 'staging', cluster: 'sandbox', namespaceSuffix: '-staging' },
  { name: 'uat', cluster: 'sandbox', namespaceSuffix: '-uat' },
  { name: 'prod', cluster: 'sandbox', namespaceSuffix: '' },
];

const renderer = new SkeletonRenderer({
  integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
  reader: mockServices.urlReader.mock(),
  // The work tree: the example and its template change together.
  repository: {
    checkout: async ({ paths, targetDirectory }) => {
      for (const path of paths) {
        await cp(join(root, path), join(targetDirectory, path), {
          recursive: true,
        });
      }
    },
  },
  rootDirectory: '',
});

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(join(infra, directory), {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(infra.length + 1));
}

/** Runs in a directory, by the answers that they record. */
async function recordedRuns(directory: string) {
  const files = existsSync(join(infra, directory))
    ? await filesBelow(directory)
    : [];
  return Promise.all(
    files.map(async file => {
      const text = await readFile(join(infra, file), 'utf8');
      const answers = await readRunAnswers(text);
      return {
        name: basename(file, '.yaml'),
        values: (answers?.values ?? {}) as JsonObject,
        answers: answers ? formatRunAnswers(answers) : '',
      };
    }),
  );
}

// Files that people have changed since say so themselves; all of ml-backend has.
it.each([
  ['app-data-team', 'audit-events'],
  ['app-data-team', 'data-api', 'prometheusrule.yaml'],
  ['app-data-team', 'data-processor'],
  ['app-data-team', 'data-quality'],
  ['app-data-team', 'orders'],
  ['app-ml-team', 'batch-scoring'],
  ['app-ml-team', 'churn'],
  ['app-ml-team', 'churn-training'],
  ['app-ml-team', 'feature-api'],
  ['app-ml-team', 'feature-refresh'],
  ['app-ml-team', 'features'],
])(
  '%s/%s equals the output of the template for its answers',
  async (team, workload, byHand = '-') => {
    const rendered = new Map<string, string>();
    const directory = workloadDirectory(team, workload);
    const inUse = await readdir(join(infra, directory, 'overlays'));
    for (const environment of environments.filter(({ name }) =>
      inUse.includes(name),
    )) {
      const { name } = environment;
      const file = `${overlayDirectory(team, workload, name)}/${ANSWERS_FILE}`;
      const text = await readFile(join(infra, file), 'utf8');
      const answers = await parseAnswers(text, file);
      const { template } = answers;
      const form = await readFile(
        join(root, template.path, 'template.yaml'),
        'utf8',
      );
      rendered.set(
        file,
        formatAnswers({
          ...answers,
          values: declaredValues(form, answers.values),
        }),
      );
      const runs = await recordedRuns(runsDirectory(team, workload, name));
      for (const parts of [{}, ...(runs.length > 0 ? [{ runs }] : [])]) {
        const files = await renderer.render(
          { commit: template.commit, path: template.path },
          {
            team,
            workload,
            environments: [environment],
            firstEnvironment: environments[0].name,
            ...parts,
          },
          answers.values as JsonObject,
          { logger: mockServices.logger.mock() },
        );
        files.forEach((content, path) =>
          rendered.set(path, content.toString()),
        );
      }
    }

    // Records of runs are as they were.
    const expected = (await filesBelow(directory)).filter(
      file => !file.includes('/runs/archive/'),
    );
    for (const { name } of environments) {
      const file = workloadTerraformFile(team, workload, name);
      expected.push(...(existsSync(join(infra, file)) ? [file] : []));
    }
    expect([...rendered.keys()].sort()).toEqual(expected.sort());
    for (const [file, text] of rendered) {
      if (file.endsWith(`/${byHand}`)) {
        continue;
      }
      expect({ file, text }).toEqual({
        file,
        text: await readFile(join(infra, file), 'utf8'),
      });
    }
  },
);
