import type {
  FileVersion,
  PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import type { TeamCatalog } from './TeamCatalog';
import type { WorkloadLocation } from './withPlatformMetadata';

/** A workload that defines an entity. */
export interface EntityClaim {
  location: WorkloadLocation;
  /** True for the entity of the workload's page: the Component with its name, or else the Resource. */
  isMain: boolean;
}

interface DatedClaim<T> {
  claim: T;
  since?: FileVersion;
}

interface NameOwnersOptions {
  repository: Pick<PlatformRepository, 'contains'>;
  catalog: Pick<TeamCatalog, 'definedSince'>;
}

/**
 * Decides which workload has an entity that several define: the one that has defined it for longest, by the branch's own
 * history, so that nobody takes a name over and all replicas agree.
 */
export class NameOwners {
  readonly #options: NameOwnersOptions;
  /** Path of the owner's file, by entity reference. An owner stays while it defines the entity. */
  readonly #owners = new Map<string, string>();

  constructor(options: NameOwnersOptions) {
    this.#options = options;
  }

  /** @param claims - at least one. */
  async decide<T extends EntityClaim>(
    ref: string,
    claims: T[],
    commit: string,
  ): Promise<T> {
    if (claims.length === 1) {
      this.#owners.delete(ref);
      return claims[0];
    }
    const known = this.#owners.get(ref);
    const owner =
      claims.find(({ location }) => location.path === known) ??
      (await this.#oldest(ref, claims, commit));
    this.#owners.set(ref, owner.location.path);
    return owner;
  }

  async #oldest<T extends EntityClaim>(
    ref: string,
    claims: T[],
    commit: string,
  ): Promise<T> {
    let oldest: DatedClaim<T> | undefined;
    for (const claim of claims) {
      const { location } = claim;
      const since = await this.#options.catalog.definedSince({
        commit,
        location,
        ref,
      });
      const dated = { claim, since };
      if (!oldest || (await this.#isOlder(dated, oldest))) {
        oldest = dated;
      }
    }
    return oldest!.claim;
  }

  /** Compares positions in the history: dates of commits are what their authors say. */
  async #isOlder<T extends EntityClaim>(
    one: DatedClaim<T>,
    other: DatedClaim<T>,
  ): Promise<boolean> {
    if (one.since?.commit === other.since?.commit) {
      return one.claim.isMain && !other.claim.isMain;
    }
    if (!one.since || !other.since) {
      return one.since !== undefined;
    }
    return this.#options.repository.contains({
      commit: other.since.commit,
      ancestor: one.since.commit,
    });
  }
}
