import type { Forge, PullRequest } from '../forge/Forge';
import {
  parseChangeRequestBranch,
  type ChangeRequestTarget,
} from './changeRequestBranch';
import { parseTrailer } from './trailer';

/** An open change request for a workload. */
export interface OpenChangeRequest {
  pullRequest: PullRequest;
  /** Entity reference; undefined without a credible trailer, for example for a pull request made by hand. */
  requester: string | undefined;
  /** Digest of the content that it was opened with; undefined like `requester`. */
  digest: string | undefined;
}

/**
 * Lists the open pull requests of change requests for workloads of a name, of all teams and templates, the oldest first. It
 * does not rely on their label, which anybody can remove.
 */
export async function listPullRequestsForName(
  forge: Pick<Forge, 'listOpenPullRequests'>,
  name: string,
): Promise<Array<{ pullRequest: PullRequest; team: string }>> {
  const open = await forge.listOpenPullRequests();
  return open
    .flatMap(pullRequest => {
      const target = parseChangeRequestBranch(pullRequest.branch);
      return target?.workload === name && !pullRequest.fromFork
        ? [{ pullRequest, team: target.team }]
        : [];
    })
    .sort((a, b) => a.pullRequest.number - b.pullRequest.number);
}

/**
 * Finds the oldest open change request for a workload, from any template.
 *
 * @param options.trailerSecret - when given, trailers without its signature are ignored.
 */
export async function findOpenChangeRequest(options: {
  forge: Forge;
  target: ChangeRequestTarget;
  trailerSecret: string | undefined;
}): Promise<OpenChangeRequest | undefined> {
  const { forge, target, trailerSecret } = options;
  const open = await listPullRequestsForName(forge, target.workload);
  const own = open.find(({ team }) => team === target.team);
  return own && readOpenChangeRequest({ ...own, target, trailerSecret });
}

/** Reads requester and content digest of an open pull request; see `findOpenChangeRequest`. */
export function readOpenChangeRequest(options: {
  pullRequest: PullRequest;
  target: ChangeRequestTarget;
  trailerSecret: string | undefined;
}): OpenChangeRequest {
  const { pullRequest, target, trailerSecret } = options;
  const parsed = parseTrailer(pullRequest.body, trailerSecret);
  // A trailer can be copied from another pull request with its signature, so its target has to match.
  const credible =
    parsed !== undefined &&
    (parsed.verified || trailerSecret === undefined) &&
    parsed.trailer.team === target.team &&
    parsed.trailer.workload === target.workload;
  return {
    pullRequest,
    requester: credible ? parsed.trailer.requester : undefined,
    digest: credible ? parsed.trailer.digest : undefined,
  };
}
