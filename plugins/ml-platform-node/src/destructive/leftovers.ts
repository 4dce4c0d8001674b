import {
  applicationName,
  type Environment,
  isProduction,
} from '@internal/plugin-ml-platform-common';
import type { Change } from '../validation/Change';
import { fileStatus, filesBelow } from '../validation/files';
import { locationsOf } from '../validation/locations';
import type { Effect } from './Comparison';

/** Finds what becomes of a workload that an environment no longer deploys, and what of it is left behind. */
export async function removalEffect(
  change: Change & { before: string },
  environment: Environment,
): Promise<Effect | undefined> {
  const { name } = environment;
  const locations = locationsOf(change);
  const has = async (root: string, directory: string) =>
    (await filesBelow(root, directory)).length > 0;
  const overlay = locations.overlay(name);
  if (
    !(await has(change.before, overlay)) ||
    (await has(change.root, overlay))
  ) {
    return undefined;
  }
  const left: string[] = [];
  const application = applicationName(change.team, change.workload, name);
  if (isProduction(environment)) {
    left.push(
      `the Application ${application} with everything that it deployed, because production is never deleted automatically: the platform team has to delete it`,
    );
  }
  const add = async (file: string, what: string) => {
    if (await fileStatus(change.root, file)) {
      left.push(`${file} (${what})`);
    }
  };
  const terraform = locations.ownTerraform(name);
  if (terraform) {
    await add(terraform, 'its cloud role, pod identity and image repository');
  }
  if (await has(change.root, locations.runs(name))) {
    left.push(`${locations.runs(name)} (the Application ${application}--runs)`);
  }
  const { directory, catalogFile } = locations;
  if (!(await has(change.root, `${directory}/overlays`))) {
    await add(catalogFile, 'its page in the catalog');
    await add(`${directory}/base`, 'manifests that nothing applies');
  }
  return {
    code: 'workload-removed',
    text: `${change.workload} is no longer deployed. ${
      left.length === 0
        ? 'Nothing is left behind.'
        : `Left behind: ${left.join(
            '; ',
          )}. Remove these too, or keep the workload.`
    }`,
  };
}

/** Finds cloud resources that are taken from a workload that is still deployed. */
export async function cloudEffect(
  change: Change & { before: string },
  environment: Environment,
): Promise<Effect | undefined> {
  const { overlay, ownTerraform } = locationsOf(change);
  const file = ownTerraform(environment.name);
  const isRemoved =
    file &&
    (await fileStatus(change.before, file)) &&
    !(await fileStatus(change.root, file));
  const files = await filesBelow(change.root, overlay(environment.name));
  return isRemoved && files.length > 0
    ? {
        code: 'cloud-resources-removed',
        text: `The cloud role, pod identity and image repository of ${change.workload} are deleted, and it is still deployed. Keep ${file}, or remove the workload first.`,
      }
    : undefined;
}
