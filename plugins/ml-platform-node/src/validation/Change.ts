import type {
  CheckResult,
  Environment,
  RenderedObject,
} from '@internal/plugin-ml-platform-common';

/** A change of one workload, as two directory trees. */
export interface Change {
  /** Absolute; stands for the repository's root after the change. Holds the workload, its Terraform files and `gitops/components`. */
  root: string;
  /** The same at the base commit. Without it there is nothing to compare with, and no objects are reported. */
  before?: string;
  team: string;
  workload: string;
  /** Where `gitops/` and `terraform/` are, for example `infra`; empty for the repository's root. */
  rootDirectory: string;
  environments: Environment[];
  /** What the change adds, modifies or deletes, relative to the repository's root. */
  changedPaths: string[];
}

export interface ChangeValidation {
  checks: CheckResult[];
  /** What `kustomize build` makes of the workload, where it differs from before. */
  objects: RenderedObject[];
}
