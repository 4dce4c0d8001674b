import {
  TEAM_ROOTS_DIRECTORY,
  TENANTS_DIRECTORY,
  WORKLOADS_DIRECTORY,
  applicationName,
  type Environment,
} from '@internal/plugin-ml-platform-common';

/** An Argo CD Application that applies a changed path. */
export interface AffectedApplication {
  name: string;
  team: string;
  /** Absent for the Application that creates a team's namespace. */
  workload?: string;
  environment: string;
  /** AppProject of the Application. */
  project: string;
  /** Directory relative to the root of the repository. */
  directory: string;
}

/** A Kustomize base that all environments of a workload, or of a team, use. */
export interface AffectedBase {
  team: string;
  workload?: string;
}

/** Teams, workloads and Applications that a set of changed paths affects. */
export interface AffectedTargets {
  teams: string[];
  workloads: Array<{ team: string; workload: string }>;
  applications: AffectedApplication[];
  bases: AffectedBase[];
  /** Terraform roots of teams, which the CI of the repository applies. */
  terraform: Array<{ team: string; environment: string }>;
}

/** AppProject of the Applications that create the teams' namespaces. */
const PLATFORM_PROJECT = 'platform';
/** The file of a workload that no Application applies. */
const DESCRIPTION = 'catalog-info.yaml';

/**
 * Finds the teams, workloads and Applications that changed paths affect. Other paths belong to the platform.
 *
 * @param options.rootDirectory - directory of `gitops/` in the repository; empty for the root.
 */
export function affectedTargets(
  paths: string[],
  options: { rootDirectory: string; environments: Environment[] },
): AffectedTargets {
  const { rootDirectory, environments } = options;
  const prefix = rootDirectory ? `${rootDirectory}/` : '';
  const teams = new Set<string>();
  const workloads = new Map<string, AffectedTargets['workloads'][number]>();
  const applications = new Map<string, AffectedApplication>();
  const bases = new Map<string, AffectedBase>();
  const terraform = new Map<string, AffectedTargets['terraform'][number]>();

  const isEnvironment = (candidate: string) =>
    environments.some(({ name }) => name === candidate);
  const workloadPath = ([team, workload, ...file]: string[]) => {
    teams.add(team);
    workloads.set(`${team}/${workload}`, { team, workload });
    const [kind, environment] = file;
    if (
      (kind === 'overlays' || kind === 'runs') &&
      isEnvironment(environment)
    ) {
      const application = workloadApplication(
        { team, workload, environment, kind },
        prefix,
      );
      applications.set(application.name, application);
    } else if (kind !== 'runs' && file.join('/') !== DESCRIPTION) {
      bases.set(`${team}/${workload}`, { team, workload });
    }
  };
  const tenantPath = ([team, kind, environment]: string[]) => {
    teams.add(team);
    if (kind === 'overlays' && isEnvironment(environment)) {
      const application = tenantApplication({ team, environment }, prefix);
      applications.set(application.name, application);
    } else if (kind === 'base') {
      bases.set(team, { team });
    }
  };
  const terraformPath = ([team, environment]: string[]) => {
    teams.add(team);
    terraform.set(`${team}/${environment}`, { team, environment });
  };

  for (const path of paths) {
    const below = (directory: string, depth: number) => {
      const root = `${prefix}${directory}/`;
      const segments = path.startsWith(root)
        ? path.slice(root.length).split('/')
        : [];
      return segments.length >= depth ? segments : undefined;
    };
    const workload = below(WORKLOADS_DIRECTORY, 3);
    const tenant = below(TENANTS_DIRECTORY, 2);
    const root = below(TEAM_ROOTS_DIRECTORY, 3);
    if (workload) {
      workloadPath(workload);
    } else if (tenant) {
      tenantPath(tenant);
    } else if (root) {
      terraformPath(root);
    }
  }
  return {
    teams: [...teams].sort(),
    workloads: [...workloads.values()],
    applications: [...applications.values()],
    bases: [...bases.values()],
    terraform: [...terraform.values()],
  };
}

/** Application of a workload's `overlays/<environment>` or `runs/<environment>`. */
export function workloadApplication(
  options: {
    team: string;
    workload: string;
    environment: string;
    kind: 'overlays' | 'runs';
  },
  prefix: string,
): AffectedApplication {
  const { team, workload, environment, kind } = options;
  const name = applicationName(team, workload, environment);
  return {
    name: kind === 'runs' ? `${name}--runs` : name,
    team,
    workload,
    environment,
    project: team,
    directory: `${prefix}${WORKLOADS_DIRECTORY}/${team}/${workload}/${kind}/${environment}`,
  };
}

/** Application that creates a team's namespace in an environment. */
export function tenantApplication(
  options: { team: string; environment: string },
  prefix: string,
): AffectedApplication {
  const { team, environment } = options;
  return {
    name: `tenant--${team}--${environment}`,
    team,
    environment,
    project: PLATFORM_PROJECT,
    directory: `${prefix}${TENANTS_DIRECTORY}/${team}/overlays/${environment}`,
  };
}
