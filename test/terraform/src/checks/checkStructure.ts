import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../Report';
import {
  interfaceProblems,
  interfaceDifferences,
  validationProblems,
} from '../structure/interfaceProblems';
import { readModule } from '../structure/readModule';
import { layerProblems } from '../structure/layerProblems';
import type { Workspace } from '../terraform/Workspace';

/** Layers that every provider needs. Teams and workloads have resources on AWS only. */
const LAYERS = ['cluster', 'database', 'monitoring', 'security', 'storage'];
const PLATFORM_FILES = ['backend.tf', 'providers.tf', 'versions.tf'];

/** Checks the rules of this repository. */
export async function checkStructure(
  workspace: Workspace,
  report: Report,
): Promise<void> {
  const problems = await structureProblems(
    workspace,
    await workspace.modules(),
  );
  for (const [name, messages] of problems) {
    report.judge(name, messages);
  }
}

/** Problems of modules by name of the check. */
export async function structureProblems(
  workspace: Workspace,
  modules: string[],
): Promise<Map<string, string[]>> {
  const problems = new Map<string, string[]>();
  const read = (path: string) => readModule(join(workspace.directory, path));
  for (const path of modules) {
    const module = await read(path);
    problems.set(
      `${path}: layout`,
      [
        ...layerProblems(path, module),
        ...interfaceProblems(module),
        ...validationProblems(module),
      ].map(problem => `infra/terraform/${path}: ${problem}`),
    );
  }
  for (const [left, right] of modulePairs(modules)) {
    problems.set(
      `${left} and ${right}: same interface`,
      interfaceDifferences(
        [left, await read(left)],
        [right, await read(right)],
      ),
    );
  }
  problems.set(
    'compositions/teams: the platform’s own files',
    await teamFileProblems(workspace, modules),
  );
  return problems;
}

/** Pairs of modules of both providers, and of the data platform's roots, if one of a pair is selected. */
function modulePairs(modules: string[]): Array<[string, string]> {
  const pairs = LAYERS.map((layer): [string, string] => [
    `providers/aws/${layer}`,
    `providers/kubernetes/${layer}`,
  ]);
  const roots: [string, string] = [
    'compositions/data-platform/aws',
    'compositions/data-platform/kind',
  ];
  return [...pairs, roots].filter(pair =>
    pair.some(path => modules.includes(path)),
  );
}

/** Checks that the platform's files are the same in all team roots, except for the names of teams and environments. */
async function teamFileProblems(
  workspace: Workspace,
  modules: string[],
): Promise<string[]> {
  const roots = modules.filter(path => path.startsWith('compositions/teams/'));
  const problems: string[] = [];
  for (const name of PLATFORM_FILES) {
    const texts = new Map<string, string>();
    for (const root of roots) {
      const file = join(workspace.directory, root, name);
      if (existsSync(file)) {
        const [, , team, environment] = root.split('/');
        const text = await readFile(file, 'utf8');
        texts.set(
          root,
          text
            .replaceAll(team, 'TEAM')
            .replaceAll(new RegExp(`\\b${environment}\\b`, 'g'), 'ENVIRONMENT'),
        );
      }
    }
    const [first] = texts;
    for (const [root, text] of texts) {
      if (text !== first[1]) {
        problems.push(
          `infra/terraform/${root}/${name} differs from the one in ${first[0]} in more than names: make them the same, as in all team roots.`,
        );
      }
    }
  }
  return problems;
}
