import { repositoryPath } from '@internal/plugin-ml-platform-common';
import type { MlPlatformConfig } from '../config/mlPlatformConfig';
import { parsePlanFile } from './parsePlanFile';
import { platformSchema, type PlatformFile } from './planSchema';
import { PLATFORM_FILE } from './readPlan';

/** Path of `platform.yaml` from the repository's root. */
export function platformFilePath(rootDirectory: string): string {
  return repositoryPath(rootDirectory, PLATFORM_FILE);
}

/**
 * Compares the portal's configuration with the plan of the platform repository. Clusters, branch and directory are compared
 * where the portal reads the plan's own repository: a rehearsal on one machine has a forge and a cluster of its own.
 *
 * @param text - content of `platform.yaml`
 * @returns a sentence for each difference; undefined for a plan that is not valid, about which the repository check says more
 */
export function planDifferences(
  text: string,
  config: Pick<MlPlatformConfig, 'environments' | 'repository'>,
): string[] | undefined {
  const path = platformFilePath(config.repository.rootDirectory);
  const plan = parsePlanFile(path, text, platformSchema).file?.value;
  return (
    plan && [
      ...environmentDifferences(plan, config.environments, path),
      ...(isOwnRepository(plan, config.repository.url)
        ? repositoryDifferences(plan, config, path)
        : []),
    ]
  );
}

function environmentDifferences(
  plan: PlatformFile,
  configured: MlPlatformConfig['environments'],
  path: string,
): string[] {
  return [
    ...configured
      .filter(({ name }) => plan.environments.every(each => each.name !== name))
      .map(
        ({ name }) =>
          `mlPlatform.environments has "${name}", which is not in ${path}.`,
      ),
    ...plan.environments.flatMap(({ name, namespaceSuffix }) => {
      const found = configured.find(each => each.name === name);
      if (!found) {
        return [`mlPlatform.environments lacks "${name}" of ${path}.`];
      }
      return found.namespaceSuffix === namespaceSuffix
        ? []
        : [
            `mlPlatform.environments: "${name}" has the namespaceSuffix "${found.namespaceSuffix}"; in ${path} it is "${namespaceSuffix}".`,
          ];
    }),
  ];
}

function repositoryDifferences(
  plan: PlatformFile,
  {
    environments,
    repository,
  }: Pick<MlPlatformConfig, 'environments' | 'repository'>,
  path: string,
): string[] {
  return [
    ...environments.flatMap(({ name, cluster }) => {
      const planned = plan.environments.find(each => each.name === name);
      return planned && planned.cluster !== cluster
        ? [
            `mlPlatform.environments: "${name}" is on the cluster "${cluster}"; in ${path} it is on "${planned.cluster}".`,
          ]
        : [];
    }),
    ...(repository.branch === plan.repository.branch
      ? []
      : [
          `mlPlatform.repository.branch is "${repository.branch}"; in ${path} it is "${plan.repository.branch}".`,
        ]),
    ...(repository.rootDirectory === plan.repository.root
      ? []
      : [
          `mlPlatform.repository.rootDirectory is "${repository.rootDirectory}"; in ${path} it is "${plan.repository.root}".`,
        ]),
  ];
}

function isOwnRepository(
  { organization, repository }: PlatformFile,
  url: string,
): boolean {
  const normalize = (text: string) =>
    text.toLowerCase().replace(/(\.git)?\/*$/, '');
  return (
    normalize(url) ===
    normalize(`${repository.server}/${organization}/${repository.name}`)
  );
}
