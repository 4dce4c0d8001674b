import {
  TENANTS_DIRECTORY,
  repositoryPath,
} from '@internal/plugin-ml-platform-common';
import { parsePlanFile, type PlanProblem } from './parsePlanFile';
import { tenantSchema, type TenantFile } from './planSchema';

/** The file of a team, relative to the repository's root. */
export function tenantFilePath(rootDirectory: string, team: string): string {
  return repositoryPath(
    rootDirectory,
    `${TENANTS_DIRECTORY}/${team}/tenant.yaml`,
  );
}

/** Parses a `tenant.yaml` by itself; the plan as a whole has further rules. */
export function readTenant(
  path: string,
  text: string,
):
  | { tenant: TenantFile; problems: [] }
  | { tenant?: undefined; problems: PlanProblem[] } {
  const { file, problems } = parsePlanFile(path, text, tenantSchema);
  return file ? { tenant: file.value, problems: [] } : { problems };
}
