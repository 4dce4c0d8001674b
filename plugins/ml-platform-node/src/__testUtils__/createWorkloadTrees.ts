import {
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Change, validateChange } from '../validation';

const repositoryRoot = path.resolve(__dirname, '../../../..');
const workloads = 'infra/gitops/workloads';
const teamRoots = 'infra/terraform/compositions/teams';
const environments = [
  { name: 'dev', cluster: 'sandbox', namespaceSuffix: '-dev' },
  { name: 'prod', cluster: 'sandbox', namespaceSuffix: '' },
];

/**
 * Creates trees before and after a change that adds the example workload `feature-api` of `infra/`, with a base that its
 * environments share, as hand-written workloads have it.
 */
export async function createWorkloadTrees() {
  const directory = `${workloads}/app-ml-team/feature-api`;
  const overlay = `${directory}/overlays/dev`;
  const before = await mkdtemp(path.join(tmpdir(), 'validate-before-'));
  const root = await mkdtemp(path.join(tmpdir(), 'validate-after-'));
  for (const target of [before, root]) {
    for (const shared of [
      'infra/gitops/components',
      'infra/gitops/policies',
      'infra/terraform/platform/workload',
    ]) {
      await cp(path.join(repositoryRoot, shared), path.join(target, shared), {
        recursive: true,
      });
    }
  }

  async function copyWorkload(target: string, team: string, workload: string) {
    const source = `${workloads}/${team}/${workload}`;
    await cp(path.join(repositoryRoot, source), path.join(target, source), {
      recursive: true,
      // Without environments that these tests do not configure.
      filter: file => !/overlays\/(staging|uat)/.test(file),
    });
    for (const { name } of environments) {
      const file = `${teamRoots}/${team}/${name}/${workload}.tf`;
      await cp(path.join(repositoryRoot, file), path.join(target, file)).catch(
        () => undefined,
      );
    }
  }
  await copyWorkload(root, 'app-ml-team', 'feature-api');
  await shareBase(path.join(root, directory));

  async function write(file: string, content: string) {
    await mkdir(path.join(root, path.dirname(file)), { recursive: true });
    await writeFile(path.join(root, file), content);
  }

  const change: Change = {
    root,
    before,
    team: 'app-ml-team',
    workload: 'feature-api',
    rootDirectory: 'infra',
    environments,
    changedPaths: [`${overlay}/image.yaml`],
  };
  return {
    root,
    before,
    change,
    workloads,
    directory,
    overlay,
    terraformFile: `${teamRoots}/app-ml-team/dev/feature-api.tf`,
    teamRoots,
    copyWorkload,
    write,
    async edit(file: string, from: string | RegExp, to: string) {
      const content = await readFile(path.join(root, file), 'utf8');
      const edited = content.replace(from, to);
      expect(edited).not.toBe(content);
      await write(file, edited);
    },
    async validate(changedPaths = change.changedPaths) {
      const result = await validateChange({ ...change, changedPaths });
      return {
        ...result,
        /** Messages of the checks that failed, by check. */
        failures: Object.fromEntries(
          result.checks
            .filter(check => check.status === 'failed')
            .map(check => [
              check.id,
              check.messages.map(({ path: file, text }) => `${file}: ${text}`),
            ]),
        ),
      };
    },
    async remove() {
      await rm(root, { recursive: true, force: true });
      await rm(before, { recursive: true, force: true });
    },
  };
}

export type WorkloadTrees = Awaited<ReturnType<typeof createWorkloadTrees>>;

/** Makes the base of the first environment that of all. */
async function shareBase(directory: string) {
  await rename(
    path.join(directory, 'overlays', environments[0].name, 'base'),
    path.join(directory, 'base'),
  );
  for (const { name } of environments) {
    const overlay = path.join(directory, 'overlays', name);
    await rm(path.join(overlay, 'base'), { recursive: true, force: true });
    const kustomization = path.join(overlay, 'kustomization.yaml');
    const text = await readFile(kustomization, 'utf8');
    await writeFile(kustomization, text.replace('- base', '- ../../base'));
  }
}
