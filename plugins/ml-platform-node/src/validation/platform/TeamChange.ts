import type { Environment } from '@internal/plugin-ml-platform-common';

/** A change of a team, as two directory trees that hold the plan of the platform and what is rendered from it. */
export interface TeamChange {
  /** Absolute path of the repository's root after the change. */
  root: string;
  /** The same at the base commit. */
  before: string;
  team: string;
  /** Directory of `gitops/` and `terraform/`, for example `infra`; empty for the repository's root. */
  rootDirectory: string;
  environments: Environment[];
  /** Added, modified and deleted paths, relative to the repository's root. */
  changedPaths: string[];
}
