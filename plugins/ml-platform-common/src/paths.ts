/**
 * Directories of the platform repository, relative to its configured root directory (`infra` in this monorepo).
 * Layout: docs/architecture.md, "The platform repository".
 */
export const WORKLOADS_DIRECTORY = 'gitops/workloads';
export const TENANTS_DIRECTORY = 'gitops/tenants';
export const COMPONENTS_DIRECTORY = 'gitops/components';
export const POLICIES_DIRECTORY = 'gitops/policies';
/** Parameter object of the policy `fail-safe`. */
export const BLOCKED_IMAGES_FILE = `${POLICIES_DIRECTORY}/blocked-images.yaml`;
/** Exceptions from it, one file `<team>.yaml` for each team. */
export const EXCEPTIONS_DIRECTORY = `${POLICIES_DIRECTORY}/exceptions`;
export const TEAM_ROOTS_DIRECTORY = 'terraform/compositions/teams';
/** Files in a team's Terraform root that belong to the platform, or that Terraform treats specially. */
export const PLATFORM_TERRAFORM_FILES = [
  'backend.tf',
  'main.tf',
  'override.tf',
  'providers.tf',
  'versions.tf',
] as const;

/** True when the Terraform file of a workload would have the name of a file of the platform. */
export function terraformFileIsTaken(workload: string): boolean {
  return PLATFORM_TERRAFORM_FILES.some(name => name === `${workload}.tf`);
}

/** Templates of the portal, beside the configured root directory: `<name>/template.yaml` and `<name>/skeleton/`. */
export const TEMPLATES_DIRECTORY = 'templates';

/** The Terraform module that workload files call. */
export const WORKLOAD_MODULE_DIRECTORY = 'terraform/platform/workload';

/**
 * A path from the root of the platform repository.
 *
 * @param rootDirectory - directory of `gitops/` and `terraform/`, for example `infra`; empty for the repository's root
 */
export function repositoryPath(rootDirectory: string, path: string): string {
  return rootDirectory ? `${rootDirectory}/${path}` : path;
}

/** For example `gitops/workloads/app-ml-team/fraud-scorer`. */
export function workloadDirectory(team: string, workload: string): string {
  return `${WORKLOADS_DIRECTORY}/${team}/${workload}`;
}

/** For example `gitops/workloads/app-ml-team/fraud-scorer/overlays/dev`. */
export function overlayDirectory(
  team: string,
  workload: string,
  environment: string,
): string {
  return `${workloadDirectory(team, workload)}/overlays/${environment}`;
}

/** For example `gitops/workloads/app-ml-team/churn-training/runs/dev`. */
export function runsDirectory(
  team: string,
  workload: string,
  environment: string,
): string {
  return `${workloadDirectory(team, workload)}/runs/${environment}`;
}

/** Records of runs that nothing applies, for example `gitops/workloads/app-ml-team/churn-training/runs/archive/dev`. */
export function archivedRunsDirectory(
  team: string,
  workload: string,
  environment: string,
): string {
  return `${workloadDirectory(team, workload)}/runs/archive/${environment}`;
}

/** For example `terraform/compositions/teams/app-ml-team/dev/fraud-scorer.tf`. */
export function workloadTerraformFile(
  team: string,
  workload: string,
  environment: string,
): string {
  return `${TEAM_ROOTS_DIRECTORY}/${team}/${environment}/${workload}.tf`;
}

/** The Terraform file of a workload; undefined when a file of the platform has its name. */
export function ownTerraformFile(
  team: string,
  workload: string,
  environment: string,
): string | undefined {
  return terraformFileIsTaken(workload)
    ? undefined
    : workloadTerraformFile(team, workload, environment);
}
