import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';

/** The intended fields of an Application. */
interface IntendedApplication {
  name: string;
  project: string;
  /** Absent if the objects have their own namespaces. */
  namespace?: string;
  /** Path in the platform repository. */
  path: string;
}

const ROOT = 'infra/gitops';
const PLATFORM_DIRECTORIES = ['platform/queues', 'policies'];

/**
 * Lists the Applications that the ApplicationSets should generate from the directories of the platform repository. It is a
 * second implementation on purpose.
 */
export async function intendedApplications(
  checkout: string,
): Promise<IntendedApplication[]> {
  const root = join(checkout, ROOT);
  const teams = await directories(join(root, 'tenants'));
  const perTeam = await Promise.all(
    teams.map(async team => [
      {
        name: `queue--${team}`,
        project: 'platform',
        path: `${ROOT}/tenants/${team}/queue`,
      },
      ...(await teamApplications(root, team)),
    ]),
  );
  const platform = PLATFORM_DIRECTORIES.filter(path =>
    existsSync(join(root, path)),
  ).map(path => ({
    name: `platform--${basename(path)}`,
    project: 'platform',
    path: `${ROOT}/${path}`,
  }));
  return [...platform, ...perTeam.flat()].sort((one, other) =>
    one.name.localeCompare(other.name),
  );
}

async function teamApplications(
  root: string,
  team: string,
): Promise<IntendedApplication[]> {
  const overlays = join(root, 'tenants', team, 'overlays');
  // A new team has no workloads yet.
  const ofTeam = join(root, 'workloads', team);
  const workloads = existsSync(ofTeam) ? await directories(ofTeam) : [];
  const applications: IntendedApplication[] = [];
  for (const environment of await directories(overlays)) {
    const file = join(overlays, environment, 'kustomization.yaml');
    const { namespace }: { namespace: string } = parse(
      await readFile(file, 'utf8'),
    );
    applications.push({
      name: `tenant--${team}--${environment}`,
      project: 'platform',
      path: `${ROOT}/tenants/${team}/overlays/${environment}`,
    });
    for (const workload of workloads) {
      for (const [below, suffix] of [
        ['overlays', ''],
        ['runs', '--runs'],
      ]) {
        const path = `workloads/${team}/${workload}/${below}/${environment}`;
        if (existsSync(join(root, path))) {
          applications.push({
            name: `${team}--${workload}--${environment}${suffix}`,
            project: team,
            namespace,
            path: `${ROOT}/${path}`,
          });
        }
      }
    }
  }
  return applications;
}

async function directories(path: string): Promise<string[]> {
  if (!existsSync(path)) {
    throw new Error(`${dirname(path)} has no ${basename(path)}`);
  }
  const entries = await readdir(path, { withFileTypes: true });
  return entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
}
