import type {
  ChangeSummary,
  CheckResult,
  DestructiveChange,
  Environment,
  RenderedObject,
} from '@internal/plugin-ml-platform-common';

/** A change of one workload, as two directory trees. */
export interface Change {
  /** Absolute path of the repository's root after the change, with the workload, its Terraform files and `gitops/components`. */
  root: string;
  /** True when `root` holds the whole repository, so that any file that it lacks does not exist. */
  wholeRepository?: boolean;
  /** The same at the base commit. Without it no objects are reported, because there is nothing to compare with. */
  before?: string;
  team: string;
  workload: string;
  /** Directory of `gitops/` and `terraform/`, for example `infra`; empty for the repository's root. */
  rootDirectory: string;
  environments: Environment[];
  /** Added, modified and deleted paths, relative to the repository's root. */
  changedPaths: string[];
  /** Changed files elsewhere that the workload loads, for example of components. */
  sharedPaths?: string[];
}

export interface ChangeValidation {
  checks: CheckResult[];
  /** Objects of the `kustomize build` that differ from before. */
  objects: RenderedObject[];
  /** Effects that cannot be undone or that weaken a guard. Incomplete where the check `destructive` is skipped. */
  destructive: DestructiveChange[];
  summary: ChangeSummary;
}
