import { workloadNameProblem } from '@internal/plugin-ml-platform-common';
import {
  type Layout,
  checkResult,
  validateChange,
} from '@internal/plugin-ml-platform-node/validation';
import type { AffectedWorkload } from './affected';
import { checkNames } from './names/checkNames';
import type { WorkloadNames } from './names/WorkloadNames';
import type { Section } from './Report';
import type { Tenant } from './tenants';

/** Runs the portal's validator on a workload of the work tree. */
export async function checkWorkload(
  { team, workload, files, components }: AffectedWorkload,
  context: {
    repository: string;
    /** The tree before the change. */
    base: string;
    layout: Layout;
    names: WorkloadNames;
    tenants: Tenant[];
  },
): Promise<Section> {
  const { repository, base, layout, names, tenants } = context;
  const title = `${team}/${workload}`;
  const tenant = tenants.find(candidate => candidate.team === team);
  const problem = tenant
    ? workloadNameProblem(workload)
    : `There is no team ${team} in ${layout.tenants}. Check the spelling, or ask the platform team to add it first.`;
  if (!tenant || problem) {
    const messages = problem ? [{ path: files[0], text: problem }] : [];
    return {
      title,
      checks: [checkResult('names', 'Team and workload have names', messages)],
    };
  }
  const { checks, destructive } = await validateChange({
    root: repository,
    before: base,
    team,
    workload,
    rootDirectory: layout.rootDirectory,
    environments: tenant.environments,
    changedPaths: files,
    sharedPaths: components,
    wholeRepository: true,
  });
  const unique = await checkNames(
    { team, workload },
    { names, file: `${layout.workloads}/${team}/${workload}` },
  );
  return { title, checks: [...checks, unique], destructive };
}
