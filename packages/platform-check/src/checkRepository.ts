import type { CheckResult } from '@internal/plugin-ml-platform-common';
import { validateChange } from '@internal/plugin-ml-platform-node';
import { changedFiles } from './changedFiles';
import { Layout } from './Layout';
import { readTenants, type Tenant } from './tenants';

export interface CheckOptions {
  /** Absolute path of a clone of the platform repository. */
  repository: string;
  /** Where `gitops/` and `terraform/` are in it; empty for its root. */
  rootDirectory: string;
  /** The commit that the change starts from. */
  base: string;
}

/** What was checked of one workload or part of the platform. */
export interface Section {
  title: string;
  checks: CheckResult[];
}

export interface Report {
  changedFiles: string[];
  sections: Section[];
}

/** Checks everything that a change touches, and nothing else. */
export async function checkRepository(options: CheckOptions): Promise<Report> {
  const { repository, base } = options;
  const layout = Layout.at(options.rootDirectory);
  const [files, tenants] = await Promise.all([
    changedFiles(repository, base),
    readTenants(repository, layout),
  ]);
  const sections: Section[] = [];
  for (const [, workload] of workloadsOf(files, layout)) {
    sections.push(
      await checkWorkload({ repository, layout, tenants, ...workload }),
    );
  }
  return { changedFiles: files, sections };
}

interface ChangedWorkload {
  team: string;
  workload: string;
  files: string[];
}

function workloadsOf(files: string[], layout: Layout) {
  const workloads = new Map<string, ChangedWorkload>();
  for (const file of files) {
    const name = layout.workloadOf(file);
    if (name) {
      const key = `${name.team}/${name.workload}`;
      const entry = workloads.get(key) ?? { ...name, files: [] };
      workloads.set(key, { ...entry, files: [...entry.files, file] });
    }
  }
  return workloads;
}

async function checkWorkload(
  options: ChangedWorkload & {
    repository: string;
    layout: Layout;
    tenants: Tenant[];
  },
): Promise<Section> {
  const { team, workload, repository, layout } = options;
  const title = `${team}/${workload}`;
  const tenant = options.tenants.find(candidate => candidate.team === team);
  if (!tenant) {
    return {
      title,
      checks: [
        {
          id: 'tenant',
          title: 'The team has namespaces',
          status: 'failed',
          messages: [
            {
              path: options.files[0],
              text: `There is no team ${team} in ${layout.tenants}. Check the spelling, or ask the platform team to add it first.`,
            },
          ],
        },
      ],
    };
  }
  const { checks } = await validateChange({
    root: repository,
    team,
    workload,
    rootDirectory: layout.rootDirectory,
    environments: tenant.environments,
    changedPaths: options.files,
  });
  return { title, checks };
}
