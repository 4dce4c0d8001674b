import type { Provenance } from '@internal/plugin-ml-platform-common';
import type { Forge, PullRequest } from '../forge/Forge';
import { parseChangeRequestBranch } from './changeRequestBranch';
import { parseTrailer, type ChangeRequestTrailer } from './trailer';

/** Account and repository of this portal. */
export interface PortalIdentity {
  forge: Pick<Forge, 'account'>;
  repository: {
    /** `mlPlatform.repository.url`. */
    url: string;
    /** Without it nothing can be verified. */
    trailerSecret?: string;
  };
}

/**
 * Compares a pull request, as the forge has it now, with what the portal signed when it opened it.
 *
 * @returns undefined without a trailer.
 */
export function readProvenance(
  pullRequest: PullRequest,
  portal: PortalIdentity,
):
  | { provenance: Exclude<Provenance, 'none'>; trailer: ChangeRequestTrailer }
  | undefined {
  const parsed = parseTrailer(
    pullRequest.body,
    portal.repository.trailerSecret,
  );
  if (!parsed) {
    return undefined;
  }
  const { signed, trailer } = parsed;
  if (!signed || !isAbout(trailer, pullRequest, portal)) {
    return { provenance: 'claimed', trailer };
  }
  return {
    provenance:
      trailer.commit === pullRequest.headCommit ? 'verified' : 'changed',
    trailer,
  };
}

/** Checks that a trailer was not copied from another pull request. */
function isAbout(
  trailer: ChangeRequestTrailer,
  { author, branch, fromFork }: PullRequest,
  { forge, repository }: PortalIdentity,
): boolean {
  const target = parseChangeRequestBranch(branch);
  return (
    !fromFork &&
    trailer.repository === repository.url &&
    trailer.branch === branch &&
    target?.team === trailer.team &&
    target.workload === trailer.workload &&
    target.environment === trailer.environment &&
    target.run === trailer.run &&
    // Somebody else can open another one for the branch after the portal's was closed.
    (forge.account ?? author).toLowerCase() === author.toLowerCase()
  );
}
