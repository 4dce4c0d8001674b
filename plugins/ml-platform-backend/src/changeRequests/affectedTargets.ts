import {
  TEAM_ROOTS_DIRECTORY,
  TENANTS_DIRECTORY,
  WORKLOADS_DIRECTORY,
  applicationName,
  type Environment,
} from '@internal/plugin-ml-platform-common';

/** What Argo CD applies because of a changed path. */
export interface TouchedApplication {
  name: string;
  team: string;
  /** Absent of the Application that makes a team's namespace. */
  workload?: string;
  environment: string;
  /** The AppProject that the platform gives it. */
  project: string;
  /** Relative to the repository's root. */
  directory: string;
}

/** Something that all environments of a workload, or of a team, are made of. */
export interface AffectedBase {
  team: string;
  workload?: string;
}

/** What a set of changed paths belongs to. */
export interface AffectedTargets {
  teams: string[];
  workloads: Array<{ team: string; workload: string }>;
  applications: TouchedApplication[];
  bases: AffectedBase[];
  /** Team roots, which the CI of the repository applies. */
  terraform: Array<{ team: string; environment: string }>;
}

/** The AppProject of the Applications that make the teams' namespaces. */
const PLATFORM_PROJECT = 'platform';
/** Files of a workload that no Application applies. */
const DESCRIPTIONS = ['catalog-info.yaml', 'ml-platform.yaml'];

/**
 * Says to which teams, workloads and Applications changed paths belong. Other paths are the platform's.
 *
 * @param options.rootDirectory - where `gitops/` is in the repository; empty for its root.
 */
export function affectedTargets(
  paths: string[],
  options: { rootDirectory: string; environments: Environment[] },
): AffectedTargets {
  const { rootDirectory, environments } = options;
  const prefix = rootDirectory ? `${rootDirectory}/` : '';
  const teams = new Set<string>();
  const workloads = new Map<string, AffectedTargets['workloads'][number]>();
  const applications = new Map<string, TouchedApplication>();
  const bases = new Map<string, AffectedBase>();
  const terraform = new Map<string, AffectedTargets['terraform'][number]>();

  const workloadPath = ([team, workload, ...file]: string[]) => {
    teams.add(team);
    workloads.set(`${team}/${workload}`, { team, workload });
    const [kind, environment] = file;
    const known = environments.some(({ name }) => name === environment);
    if ((kind === 'overlays' || kind === 'runs') && known) {
      const application = workloadApplication(
        { team, workload, environment, kind },
        prefix,
      );
      applications.set(application.name, application);
    } else if (kind !== 'runs' && !DESCRIPTIONS.includes(file.join('/'))) {
      bases.set(`${team}/${workload}`, { team, workload });
    }
  };
  const tenantPath = ([team, kind, environment]: string[]) => {
    teams.add(team);
    const known = environments.some(({ name }) => name === environment);
    if (kind === 'overlays' && known) {
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

/** The Application of a workload's `overlays/<environment>` or `runs/<environment>`. */
export function workloadApplication(
  options: {
    team: string;
    workload: string;
    environment: string;
    kind: 'overlays' | 'runs';
  },
  prefix: string,
): TouchedApplication {
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

/** The Application that makes a team's namespace in an environment. */
export function tenantApplication(
  options: { team: string; environment: string },
  prefix: string,
): TouchedApplication {
  const { team, environment } = options;
  return {
    name: `tenant--${team}--${environment}`,
    team,
    environment,
    project: PLATFORM_PROJECT,
    directory: `${prefix}${TENANTS_DIRECTORY}/${team}/overlays/${environment}`,
  };
}
