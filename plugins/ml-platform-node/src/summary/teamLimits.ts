import path from 'node:path';
import { MANIFEST_BYTES, parseManifestFile } from '@internal/platform-rules';
import {
  COMPONENTS_DIRECTORY,
  TENANTS_DIRECTORY,
  repositoryPath,
} from '@internal/plugin-ml-platform-common';
import { field, fieldsOf, textOf } from '../destructive/fields';
import type { TenantFile } from '../plan/planSchema';
import { readTenant, tenantFilePath } from '../plan/readTenant';
import { FILE_BYTES, readText } from '../untrustedFiles';
import type { Change } from '../validation/Change';
import { directoriesIn, fileStatus, filesBelow } from '../validation/files';

/** GPUs of a team's queue on each cluster. */
export interface QueueShare {
  gpus: number;
  /**
   * With all that others could lend. Teams that have no environment on the cluster count, too, so that this is never too
   * little.
   */
  mostGpus: number;
}

/** The limits that the plan of the platform sets for a team. */
export interface TeamLimits {
  queue: QueueShare;
  /** `spec.hard` of the ResourceQuota of a namespace, by environment. */
  quotas: Map<string, Record<string, string>>;
}

/** Reads the limits of a team. @returns undefined when its plan cannot be read: another check says why. */
export async function readTeamLimits({
  root,
  rootDirectory,
  team,
}: Pick<Change, 'root' | 'rootDirectory' | 'team'>): Promise<
  TeamLimits | undefined
> {
  const tenants = await readTenants(root, rootDirectory);
  const own = tenants.find(({ name }) => name === team);
  if (!own) {
    return undefined;
  }
  const tiers = await Promise.all(
    Object.entries(own.environments).map(
      async ([environment, { tier }]) =>
        [environment, await quotaOfTier(root, rootDirectory, tier)] as const,
    ),
  );
  return {
    queue: {
      gpus: own.queue.gpus,
      mostGpus: tenants.reduce((sum, { queue }) => sum + queue.gpus, 0),
    },
    quotas: new Map(tiers),
  };
}

async function readTenants(
  root: string,
  rootDirectory: string,
): Promise<TenantFile[]> {
  const directory = repositoryPath(rootDirectory, TENANTS_DIRECTORY);
  const tenants = await Promise.all(
    (
      await directoriesIn(root, directory)
    ).map(async team => {
      const file = tenantFilePath(rootDirectory, team);
      const status = await fileStatus(root, file);
      return status?.isFile()
        ? readTenant(
            file,
            await readText(path.join(root, file), FILE_BYTES.other),
          ).tenant
        : undefined;
    }),
  );
  return tenants.filter(tenant => tenant !== undefined);
}

async function quotaOfTier(
  root: string,
  rootDirectory: string,
  tier: string,
): Promise<Record<string, string>> {
  const files = await filesBelow(
    root,
    repositoryPath(rootDirectory, `${COMPONENTS_DIRECTORY}/tier-${tier}`),
  );
  const objects = await Promise.all(
    files
      .filter(
        file =>
          !file.symbolicLink &&
          /\.ya?ml$/.test(file.path) &&
          !/^kustomization\.ya?ml$/.test(path.basename(file.path)),
      )
      .map(async file =>
        parseManifestFile(
          await readText(path.join(root, file.path), MANIFEST_BYTES),
        ),
      ),
  );
  return Object.fromEntries(
    objects
      .flat()
      .filter(({ kind }) => kind === 'ResourceQuota')
      .flatMap(quota =>
        Object.entries(fieldsOf(field(quota, 'spec', 'hard'))).map(
          ([resource, hard]) => [resource, textOf(hard) ?? ''],
        ),
      ),
  );
}
