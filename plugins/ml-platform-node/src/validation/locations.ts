import {
  COMPONENTS_DIRECTORY,
  POLICIES_DIRECTORY,
  WORKLOAD_MODULE_DIRECTORY,
  overlayDirectory,
  ownTerraformFile,
  runsDirectory,
  workloadDirectory,
  workloadTerraformFile,
  repositoryPath,
} from '@internal/plugin-ml-platform-common';
import { ANSWERS_FILE } from '../answers';
import type { ReferenceScope } from '../kustomize';
import type { Change } from './Change';

/** Paths of a workload and its surroundings, relative to the repository's root. */
export function locationsOf(change: Change) {
  const { team, workload, rootDirectory } = change;
  const inRepository = (path: string) => repositoryPath(rootDirectory, path);
  const directory = inRepository(workloadDirectory(team, workload));
  const overlay = (environment: string) =>
    inRepository(overlayDirectory(team, workload, environment));
  return {
    directory,
    catalogFile: `${directory}/catalog-info.yaml`,
    components: inRepository(COMPONENTS_DIRECTORY),
    overlay,
    answers: (environment: string) => `${overlay(environment)}/${ANSWERS_FILE}`,
    policies: inRepository(POLICIES_DIRECTORY),
    runs: (environment: string) =>
      inRepository(runsDirectory(team, workload, environment)),
    workloadModule: inRepository(WORKLOAD_MODULE_DIRECTORY),
    /** Also of a workload that may have none, because the platform has a file of this name. */
    terraform: (environment: string) =>
      inRepository(workloadTerraformFile(team, workload, environment)),
    ownTerraform: (environment: string) => {
      const file = ownTerraformFile(team, workload, environment);
      return file && inRepository(file);
    },
  };
}

/** References that are allowed for kustomizations of the workload, in the tree before or after the change. */
export function referenceScope(change: Change, root: string): ReferenceScope {
  const { directory, components } = locationsOf(change);
  return { root, allowedDirectories: [directory, components] };
}
