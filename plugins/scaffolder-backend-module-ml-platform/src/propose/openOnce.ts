import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError } from '@backstage/errors';
import {
  CHANGE_REQUEST_LABEL,
  findOpenChangeRequest,
  readOpenChangeRequest,
  changeRequestBranch,
  type Forge,
  type OpenChangeRequest,
  type PlatformRepository,
  type PullRequest,
  type ChangeRequestTrailer,
} from '@internal/plugin-ml-platform-node';

/** Another task that has pushed its branch opens its pull request within this time, or never will. */
const IN_FLIGHT = { attempts: 10, milliseconds: 500 };
const MAX_BRANCHES = 50;

/** A request that is ready to become a pull request. */
export interface Proposal {
  request: Omit<ChangeRequestTrailer, 'id'>;
  /** Name of the template, for the branch. */
  templateName: string;
  commit: string;
  title: string;
  body: string;
}

interface Services {
  forge: Forge;
  repository: PlatformRepository;
  trailerSecret: string | undefined;
}

/**
 * Opens the pull request of a proposal, or finds the one that was opened for the same content before: by an earlier
 * run, by a run that died half-way, or by one that runs now.
 *
 * @throws ConflictError with a link when another pull request for the same workload is open.
 */
export async function openOnce(
  services: Services,
  proposal: Proposal,
): Promise<PullRequest> {
  const { forge, repository } = services;
  const { request, templateName, commit, title, body } = proposal;
  const open = await findOpenChangeRequest({ ...services, target: request });
  if (open) {
    return sameRequest(open, request);
  }
  for (let attempt = 1; attempt <= MAX_BRANCHES; attempt++) {
    const branch = changeRequestBranch(templateName, request, attempt);
    const earlier = await forge.findPullRequest({ branch, state: 'any' });
    if (earlier?.state === 'open') {
      // Somebody took the label off.
      const unlabelled = { pullRequest: earlier, target: request };
      return sameRequest(
        readOpenChangeRequest({ ...services, ...unlabelled }),
        request,
      );
    }
    if (earlier) {
      // Merged or closed, and the branch may be there still. A branch is never moved, so the next name is taken.
      continue;
    }
    try {
      await repository.pushNewBranch({ commit, branch });
      return await forge.openPullRequest({
        branch,
        baseBranch: repository.branch,
        title,
        body,
        labels: [CHANGE_REQUEST_LABEL],
      });
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ConflictError') {
        throw error;
      }
      const other = await awaitOpenRequest(services, request);
      if (other) {
        return sameRequest(other, request);
      }
      // Left by a run that died between push and pull request, on an older base or with other content.
    }
  }
  throw new ConflictError(
    `Too many branches of earlier requests for ${request.workload} are left in the platform repository. Ask the platform team to delete them.`,
  );
}

async function awaitOpenRequest(
  services: Services,
  target: Proposal['request'],
): Promise<OpenChangeRequest | undefined> {
  for (let attempt = 0; attempt < IN_FLIGHT.attempts; attempt++) {
    const open = await findOpenChangeRequest({ ...services, target });
    if (open) {
      return open;
    }
    await sleep(IN_FLIGHT.milliseconds);
  }
  return undefined;
}

/** Gives the open pull request when it is the same request; otherwise says whose it is and where. */
function sameRequest(
  { pullRequest, requester, digest }: OpenChangeRequest,
  request: Proposal['request'],
): PullRequest {
  const { team, workload } = request;
  if (requester !== request.requester) {
    throw new ConflictError(
      `Somebody else has an open pull request for ${workload} of ${team}: ${pullRequest.url} - Wait until it is merged or closed, or talk to them.`,
    );
  }
  if (digest !== request.digest) {
    throw new ConflictError(
      `You have an open pull request for ${workload} of ${team} with other content: ${pullRequest.url} - Have it merged or closed first, then request again.`,
    );
  }
  return pullRequest;
}
