import type { Forge, PullRequest } from '../forge/Forge';
import {
  parseChangeRequestBranch,
  targetsOverlap,
  type ChangeRequestTarget,
} from './changeRequestBranch';
import { readProvenance, type PortalIdentity } from './provenance';

/** An open change request. */
export interface OpenChangeRequest {
  pullRequest: PullRequest;
  /** Entity reference; undefined without a credible trailer, for example for a pull request made by hand. */
  requester: string | undefined;
  /** Digest of its content; undefined like `requester`, and when commits were pushed since. */
  digest: string | undefined;
}

interface TargetedPullRequest {
  pullRequest: PullRequest;
  target: ChangeRequestTarget;
}

/**
 * Lists the open pull requests of change requests, of all teams and templates, the oldest first. It does not rely on their
 * label, which anybody can remove.
 */
export async function listChangeRequests(
  forge: Pick<Forge, 'listOpenPullRequests'>,
): Promise<TargetedPullRequest[]> {
  const open = await forge.listOpenPullRequests();
  return open
    .flatMap(pullRequest => {
      const target = parseChangeRequestBranch(pullRequest.branch);
      return target && !pullRequest.fromFork ? [{ pullRequest, target }] : [];
    })
    .sort((a, b) => a.pullRequest.number - b.pullRequest.number);
}

/** Lists those for workloads of the target's name, whichever team they belong to; for a team itself, those for this team. */
export async function listPullRequestsForName(
  forge: Pick<Forge, 'listOpenPullRequests'>,
  { team, workload }: ChangeRequestTarget,
): Promise<TargetedPullRequest[]> {
  return (await listChangeRequests(forge)).filter(
    ({ target }) =>
      target.workload === workload &&
      (workload !== undefined || target.team === team),
  );
}

/** Counts the open change requests of a person or a service. @param options.requester - as in a trailer */
export async function countOpenChangeRequests(options: {
  portal: PortalIdentity & { forge: Forge };
  requester: string;
}): Promise<number> {
  const { portal, requester } = options;
  const open = await listChangeRequests(portal.forge);
  return open.filter(
    ({ pullRequest }) =>
      readOpenChangeRequest(pullRequest, portal).requester === requester,
  ).length;
}

/** Finds the oldest open change request, from any template, for the same target: a workload also in the same environment. */
export async function findOpenChangeRequest(options: {
  portal: PortalIdentity & { forge: Forge };
  target: ChangeRequestTarget;
}): Promise<OpenChangeRequest | undefined> {
  const { portal, target } = options;
  const open = await listPullRequestsForName(portal.forge, target);
  const own = open.find(other => targetsOverlap(other.target, target));
  return own && readOpenChangeRequest(own.pullRequest, portal);
}

/** Reads requester and content digest of an open pull request. */
export function readOpenChangeRequest(
  pullRequest: PullRequest,
  portal: PortalIdentity,
): OpenChangeRequest {
  const { provenance, trailer } = readProvenance(pullRequest, portal) ?? {};
  // Without a secret there are no signatures, and the portal believes what is written.
  const isCredible =
    (portal.repository.trailerSecret === undefined &&
      trailer?.branch === pullRequest.branch) ||
    provenance === 'verified' ||
    provenance === 'changed';
  return {
    pullRequest,
    requester: isCredible ? trailer?.requester : undefined,
    digest:
      isCredible && trailer?.commit === pullRequest.headCommit
        ? trailer.digest
        : undefined,
  };
}
