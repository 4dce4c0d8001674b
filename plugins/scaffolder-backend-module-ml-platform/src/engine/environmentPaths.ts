import {
  archivedRunsDirectory,
  overlayDirectory,
  ownTerraformFile,
  repositoryPath,
  runsDirectory,
} from '@internal/plugin-ml-platform-common';
import type { CheckoutRecord } from '../workspace/stepRecords';

/** Places of a workload in one environment, relative to the repository's root. */
export interface EnvironmentPaths {
  overlay: string;
  runs: string;
  /** Runs that ended or were cancelled. */
  archivedRuns: string;
  /** Absent when a file of the platform has the name of the workload. */
  terraform?: string;
}

/** @param rootDirectory - directory of `gitops/` and `terraform/`; empty for the repository's root */
export function environmentPaths(
  rootDirectory: string,
  { team, workload }: Pick<CheckoutRecord, 'team' | 'workload'>,
  environment: string,
): EnvironmentPaths {
  const terraform = ownTerraformFile(team, workload, environment);
  return {
    overlay: repositoryPath(
      rootDirectory,
      overlayDirectory(team, workload, environment),
    ),
    runs: repositoryPath(
      rootDirectory,
      runsDirectory(team, workload, environment),
    ),
    archivedRuns: repositoryPath(
      rootDirectory,
      archivedRunsDirectory(team, workload, environment),
    ),
    ...(terraform && { terraform: repositoryPath(rootDirectory, terraform) }),
  };
}

/** True for a file of the workload in the environment. Records of runs belong to the workload as a whole. */
export function isInEnvironment(
  { overlay, runs, terraform }: EnvironmentPaths,
  path: string,
): boolean {
  return (
    path === terraform ||
    path.startsWith(`${overlay}/`) ||
    path.startsWith(`${runs}/`)
  );
}
