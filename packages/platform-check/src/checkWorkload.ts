import {
  checkResult,
  validateChange,
} from '@internal/plugin-ml-platform-node/checks';
import type { AffectedWorkload } from './affected';
import type { Layout } from './Layout';
import type { Section } from './Report';
import type { Tenant } from './tenants';

/** Runs the portal's validator over a workload, as it is in the work tree. */
export async function checkWorkload(
  { team, workload, files }: AffectedWorkload,
  context: { repository: string; layout: Layout; tenants: Tenant[] },
): Promise<Section> {
  const { repository, layout, tenants } = context;
  const title = `${team}/${workload}`;
  const tenant = tenants.find(candidate => candidate.team === team);
  if (!tenant) {
    const text = `There is no team ${team} in ${layout.tenants}. Check the spelling, or ask the platform team to add it first.`;
    return {
      title,
      checks: [
        checkResult('tenant', 'The team has namespaces', [
          { path: files[0], text },
        ]),
      ],
    };
  }
  const { checks } = await validateChange({
    root: repository,
    team,
    workload,
    rootDirectory: layout.rootDirectory,
    environments: tenant.environments,
    changedPaths: files,
  });
  return { title, checks };
}
