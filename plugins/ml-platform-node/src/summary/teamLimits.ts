import path from 'node:path';
import { InputError } from '@backstage/errors';
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
  /** Absent unless GPUs are needed. */
  queue?: QueueShare;
  /** `spec.hard` of the ResourceQuota of a namespace, by environment. */
  quotas: Map<string, Record<string, string>>;
}

/**
 * Reads the limits of a team.
 *
 * @param options.withQueue - reads the plans of all teams, whose shares a queue can lend.
 * @returns undefined when a plan or a tier cannot be read: other checks say why.
 */
export async function readTeamLimits(
  change: Pick<Change, 'root' | 'rootDirectory' | 'team'>,
  { withQueue }: { withQueue: boolean },
): Promise<TeamLimits | undefined> {
  const { root, rootDirectory, team } = change;
  try {
    const own = await readTeam(root, rootDirectory, team);
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
      queue: withQueue
        ? {
            gpus: own.queue.gpus,
            mostGpus: await gpusOfAllTeams(root, rootDirectory),
          }
        : undefined,
      quotas: new Map(tiers),
    };
  } catch (error) {
    if (error instanceof Error && error.name === 'InputError') {
      return undefined;
    }
    throw error;
  }
}

async function gpusOfAllTeams(
  root: string,
  rootDirectory: string,
): Promise<number> {
  const directory = repositoryPath(rootDirectory, TENANTS_DIRECTORY);
  let sum = 0;
  for (const team of await directoriesIn(root, directory)) {
    sum += (await readTeam(root, rootDirectory, team))?.queue.gpus ?? 0;
  }
  return sum;
}

/** @throws InputError for a plan that is not valid: a sum without it would be too little. */
async function readTeam(
  root: string,
  rootDirectory: string,
  team: string,
): Promise<TenantFile | undefined> {
  const file = tenantFilePath(rootDirectory, team);
  const status = await fileStatus(root, file);
  if (!status?.isFile()) {
    return undefined;
  }
  const { tenant } = readTenant(
    file,
    await readText(path.join(root, file), FILE_BYTES.other),
  );
  if (!tenant) {
    throw new InputError(`${file} is not valid.`);
  }
  return tenant;
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
