import path from 'node:path';
import { z } from 'zod';
import { formatList } from '@internal/plugin-ml-platform-common';
import { FILE_BYTES, readText } from '../untrustedFiles';
import type { Change } from '../validation/Change';
import { fileStatus } from '../validation/files';
import { locationsOf } from '../validation/locations';
import { parseTerraform } from '../validation/terraform/parseTerraform';

/** Inputs of the workload's module that say whose it is, and nothing that a reviewer wants to know. */
const IDENTITY_INPUTS = ['environment', 'source', 'team', 'workload'];

const modulesSchema = z.object({
  module: z
    .record(z.string(), z.array(z.record(z.string(), z.unknown())))
    .default({}),
});

type Status = 'Adds' | 'Changes' | 'Removes';

/** Lists the environments whose Terraform file of the workload changes. */
export function cloudEnvironments(change: Change): string[] {
  const { ownTerraform } = locationsOf(change);
  return change.environments
    .map(({ name }) => name)
    .filter(name => change.changedPaths.includes(ownTerraform(name) ?? ''));
}

/** Describes changed files that Kustomize does not build: Terraform files, and the entry in the catalog. */
export async function fileTexts(
  change: Change & { before: string },
): Promise<string[]> {
  const { catalogFile, ownTerraform } = locationsOf(change);
  const { changedPaths } = change;
  const byText = new Map<string, string[]>();
  for (const name of cloudEnvironments(change)) {
    const text = await terraformText(change, ownTerraform(name)!);
    byText.set(text, [...(byText.get(text) ?? []), name]);
  }
  const terraform = [...byText].map(([text, names]) =>
    text.replace('{environments}', `in ${formatList(names)}`),
  );
  return changedPaths.includes(catalogFile)
    ? [
        ...terraform,
        `${await statusOf(change, catalogFile)} its entry in the catalog.`,
      ]
    : terraform;
}

async function terraformText(
  change: Change & { before: string },
  file: string,
): Promise<string> {
  const status = await statusOf(change, file);
  const [before, after] = await Promise.all(
    [change.before, change.root].map(root => inputsOf(root, file)),
  );
  const different = [...new Set([...before.keys(), ...after.keys()])].filter(
    name => before.get(name) !== after.get(name),
  );
  const inputs = different.map(name => {
    const [old, next] = [before.get(name), after.get(name)];
    return status === 'Changes'
      ? `${name} from ${old ?? 'nothing'} to ${next ?? 'nothing'}`
      : `${name} = ${next ?? old}`;
  });
  return `${status} cloud resources by Terraform {environments}${
    inputs.length > 0 ? ` (${inputs.join(', ')})` : ''
  }.`;
}

async function statusOf(
  { before, root }: Change & { before: string },
  file: string,
): Promise<Status> {
  if (!(await fileStatus(before, file))) {
    return 'Adds';
  }
  return (await fileStatus(root, file)) ? 'Changes' : 'Removes';
}

/** Literal inputs of the modules in a file; none of a file that another check refuses. */
async function inputsOf(
  root: string,
  file: string,
): Promise<Map<string, string>> {
  if (!(await fileStatus(root, file))?.isFile()) {
    return new Map();
  }
  try {
    const text = await readText(path.join(root, file), FILE_BYTES.terraform);
    const { module } = modulesSchema.parse(await parseTerraform(text));
    return new Map(
      Object.values(module)
        .flat()
        .flatMap(block => Object.entries(block))
        .filter(([name]) => !IDENTITY_INPUTS.includes(name))
        .map(([name, value]) => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
    );
  } catch {
    return new Map();
  }
}
