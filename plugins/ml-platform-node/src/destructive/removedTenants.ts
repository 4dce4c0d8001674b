import {
  type DestructiveChange,
  repositoryPath,
  TEAM_ROOTS_DIRECTORY,
  TENANTS_DIRECTORY,
  WORKLOADS_DIRECTORY,
} from '@internal/plugin-ml-platform-common';
import { directoriesIn } from '../validation/files';
import { approvedBy } from './approvers';

/** Finds teams, and environments of teams, that a change removes, with what is left of them. */
export async function removedTenants(
  trees: { before: string; after: string },
  rootDirectory: string,
): Promise<DestructiveChange[]> {
  const at = (directory: string) => repositoryPath(rootDirectory, directory);
  const tenants = at(TENANTS_DIRECTORY);
  const overlaysOf = (root: string, team: string) =>
    directoriesIn(root, `${tenants}/${team}/overlays`);
  const changes: DestructiveChange[] = [];
  for (const team of await directoriesIn(trees.before, tenants)) {
    const remaining = await overlaysOf(trees.after, team);
    for (const environment of await overlaysOf(trees.before, team)) {
      if (!remaining.includes(environment)) {
        const left = await leftovers(team, environment);
        changes.push({
          code: 'tenant-removed',
          path: `${tenants}/${team}/overlays/${environment}`,
          text: `${team} loses its namespace in ${environment}, with everything in it, volumes included. ${
            left.length > 0
              ? `Left behind: ${left.join('; ')}. Remove these first.`
              : 'Nothing of it is left in Git.'
          }`,
          environments: [environment],
          approvers: approvedBy('tenant-removed', { team, isProduction: true }),
        });
      }
    }
  }
  return changes;

  async function leftovers(team: string, environment: string) {
    const left: string[] = [];
    const workloads = at(`${WORKLOADS_DIRECTORY}/${team}`);
    for (const workload of await directoriesIn(trees.after, workloads)) {
      for (const parent of ['overlays', 'runs']) {
        const directory = `${workloads}/${workload}/${parent}`;
        const names = await directoriesIn(trees.after, directory);
        if (names.includes(environment)) {
          left.push(`${directory}/${environment}`);
        }
      }
    }
    const roots = at(`${TEAM_ROOTS_DIRECTORY}/${team}`);
    if ((await directoriesIn(trees.after, roots)).includes(environment)) {
      left.push(
        `${roots}/${environment} (cloud roles, pod identities and image repositories)`,
      );
    }
    return left;
  }
}
