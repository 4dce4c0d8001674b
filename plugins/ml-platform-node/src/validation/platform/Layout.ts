import {
  BLOCKED_IMAGES_FILE,
  COMPONENTS_DIRECTORY,
  EXCEPTIONS_DIRECTORY,
  POLICIES_DIRECTORY,
  repositoryPath,
  TEAM_ROOTS_DIRECTORY,
  TENANTS_DIRECTORY,
  terraformFileIsTaken,
  WORKLOAD_MODULE_DIRECTORY,
  WORKLOADS_DIRECTORY,
} from '@internal/plugin-ml-platform-common';

/** Paths of the parts of the platform repository, relative to its root. */
export class Layout {
  readonly rootDirectory: string;
  readonly gitops: string;
  readonly terraform: string;
  readonly workloads: string;
  readonly tenants: string;
  readonly components: string;
  readonly policies: string;
  /** Parameter object of the policy `fail-safe`. */
  readonly blockedImages: string;
  readonly exceptions: string;
  readonly teamRoots: string;
  readonly workloadModule: string;
  readonly ci: string;

  private constructor(rootDirectory: string) {
    const at = (directory: string) => repositoryPath(rootDirectory, directory);
    this.rootDirectory = rootDirectory;
    this.gitops = at('gitops');
    this.terraform = at('terraform');
    this.workloads = at(WORKLOADS_DIRECTORY);
    this.tenants = at(TENANTS_DIRECTORY);
    this.components = at(COMPONENTS_DIRECTORY);
    this.policies = at(POLICIES_DIRECTORY);
    this.blockedImages = at(BLOCKED_IMAGES_FILE);
    this.exceptions = at(EXCEPTIONS_DIRECTORY);
    this.teamRoots = at(TEAM_ROOTS_DIRECTORY);
    this.workloadModule = at(WORKLOAD_MODULE_DIRECTORY);
    this.ci = at('ci');
  }

  /** @param rootDirectory - the directory of `gitops/` and `terraform/`, for example `infra`; empty for the repository's root */
  static at(rootDirectory: string): Layout {
    return new Layout(
      rootDirectory.replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, ''),
    );
  }

  /** Checks that a file is in a part of the repository that has checks. */
  contains(file: string): boolean {
    return (
      this.rootDirectory === '' || file.startsWith(`${this.rootDirectory}/`)
    );
  }

  /** The team that approves changes of a file; undefined for files of the platform team. */
  teamOf(file: string): string | undefined {
    return this.workloadOf(file)?.team;
  }

  /** The team and environment of a tenant's overlay; undefined for other directories. */
  tenantOf(
    directory: string,
  ): { team: string; environment: string } | undefined {
    const [team, overlays, environment, ...rest] = below(
      this.tenants,
      directory,
    );
    return overlays === 'overlays' && environment && rest.length === 0
      ? { team, environment }
      : undefined;
  }

  /** Checks if a directory is what the overlays of a tenant have in common. */
  isTenantBase(directory: string): boolean {
    const [, base, ...rest] = below(this.tenants, directory);
    return base === 'base' && rest.length === 0;
  }

  /** The workload of a file in its directory, or of its file in a Terraform root. */
  workloadOf(file: string): WorkloadName | undefined {
    const [team, workload, ...rest] = below(this.workloads, file);
    if (rest.length > 0) {
      return { team, workload };
    }
    const [rootTeam, environment, name, ...deeper] = below(
      this.teamRoots,
      file,
    );
    return environment &&
      deeper.length === 0 &&
      name?.endsWith('.tf') &&
      !terraformFileIsTaken(name.slice(0, -'.tf'.length))
      ? { team: rootTeam, workload: name.slice(0, -'.tf'.length) }
      : undefined;
  }
}

export interface WorkloadName {
  team: string;
  workload: string;
}

/** Segments of a file's path below a directory; empty for files elsewhere. */
function below(directory: string, file: string): string[] {
  return file.startsWith(`${directory}/`)
    ? file.slice(directory.length + 1).split('/')
    : [];
}
