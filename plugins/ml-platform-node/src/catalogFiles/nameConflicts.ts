import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { OversizedFile } from '../untrustedFiles';
import { readCatalogFile } from './readCatalogFile';

/** A workload by the path of its directory. */
export interface WorkloadPath {
  team: string;
  workload: string;
}

/** The workloads of all teams, at one state of the platform repository. */
export interface WorkloadSource {
  workloads(): Promise<WorkloadPath[]>;
  /** Reads its `catalog-info.yaml`; undefined when there is none. */
  catalogFile(
    workload: WorkloadPath,
  ): Promise<Buffer | OversizedFile | undefined>;
}

/** An entity that two workloads claim. */
export interface NameConflict {
  /** Entity reference. */
  ref: string;
  /** The other workload. */
  owner: WorkloadPath;
}

/**
 * Lists the references of the entities that a workload claims: those of its `catalog-info.yaml`, valid or not, and always the
 * Component of its directory's name.
 */
export async function claimedRefs(
  { team, workload }: WorkloadPath,
  catalogFile: Buffer | OversizedFile | undefined,
): Promise<string[]> {
  const refs = [`component:default/${workload}`];
  if (catalogFile) {
    const { component, others, invalid } = await readCatalogFile(
      catalogFile,
      { team, workload, directory: `${team}/${workload}` },
      // Which entity a document defines does not depend on the files that it includes.
      async () => Buffer.from('{}'),
    );
    const entities = [...(component ? [component] : []), ...others];
    refs.push(...entities.map(entity => stringifyEntityRef(entity)));
    refs.push(...invalid);
  }
  return [...new Set(refs)];
}

/**
 * Finds the entities of a workload that others claim, too. The catalog has one entity of a reference, whatever its team.
 *
 * @param refs - of the entities that the workload claims.
 */
export async function nameConflicts(
  source: WorkloadSource,
  workload: WorkloadPath,
  refs: string[],
): Promise<NameConflict[]> {
  const conflicts: NameConflict[] = [];
  for (const owner of await source.workloads()) {
    const isSame =
      owner.team === workload.team && owner.workload === workload.workload;
    const possible = isSame
      ? []
      : refs.filter(ref => canClaim(owner.workload, parseEntityRef(ref).name));
    if (possible.length > 0) {
      const claimed = await claimedRefs(owner, await source.catalogFile(owner));
      conflicts.push(
        ...possible
          .filter(ref => claimed.includes(ref))
          .map(ref => ({ ref, owner })),
      );
    }
  }
  return conflicts;
}

/** All names of a workload's entities start with its own, so that only few other files have to be read. */
function canClaim(workload: string, name: string): boolean {
  return name === workload || name.startsWith(`${workload}-`);
}
