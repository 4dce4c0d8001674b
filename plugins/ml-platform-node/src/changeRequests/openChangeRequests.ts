import type { Forge, PullRequest } from '../forge/Forge';
import {
  CHANGE_REQUEST_LABEL,
  parseChangeRequestBranch,
  type ChangeRequestTarget,
} from './changeRequestBranch';
import { parseTrailer } from './trailer';

/** A pull request that is open for a workload. */
export interface OpenChangeRequest {
  pullRequest: PullRequest;
  /** Entity reference; undefined when the pull request does not say so credibly, for example when made by hand. */
  requester: string | undefined;
  /** Of the content it was opened with; undefined like `requester`. */
  digest: string | undefined;
}

/**
 * Finds the open pull request for a workload, whatever template it was made with.
 *
 * @param options.trailerSecret - when given, a trailer that it did not sign counts as absent.
 */
export async function findOpenChangeRequest(options: {
  forge: Forge;
  target: ChangeRequestTarget;
  trailerSecret: string | undefined;
}): Promise<OpenChangeRequest | undefined> {
  const { forge, target, trailerSecret } = options;
  const open = await forge.listOpenPullRequests({ label: CHANGE_REQUEST_LABEL });
  const pullRequest = open.find(({ branch }) => {
    const request = parseChangeRequestBranch(branch);
    return (
      request?.team === target.team && request.workload === target.workload
    );
  });
  return pullRequest && readOpenChangeRequest({ pullRequest, target, trailerSecret });
}

/** Reads who requested what with an open pull request; see `findOpenRequest`. */
export function readOpenChangeRequest(options: {
  pullRequest: PullRequest;
  target: ChangeRequestTarget;
  trailerSecret: string | undefined;
}): OpenChangeRequest {
  const { pullRequest, target, trailerSecret } = options;
  const parsed = parseTrailer(pullRequest.body, trailerSecret);
  // A trailer can be copied from another pull request together with its signature.
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
