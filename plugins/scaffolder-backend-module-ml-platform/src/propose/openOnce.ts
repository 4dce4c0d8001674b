import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError } from '@backstage/errors';
import {
  CHANGE_REQUEST_LABEL,
  countOpenChangeRequests,
  findOpenChangeRequest,
  listPullRequestsForName,
  readOpenChangeRequest,
  changeRequestBranch,
  describeTarget,
  targetsOverlap,
  formatTrailer,
  type Forge,
  type MlPlatformConfig,
  type OpenChangeRequest,
  type PlatformRepository,
  type PullRequest,
} from '@internal/plugin-ml-platform-node';
import { changeRequestId, type ChangeRequest } from './description';
import { nameInUseError } from '../workloadNames';

/** A concurrent task that has pushed its branch opens its pull request within this time, or has died. */
const OPENING_TIMEOUT = { attempts: 10, milliseconds: 500 };
const MAX_BRANCHES = 50;
/** All requests list the open ones, and forges limit how much the portal opens in an hour. */
const MAX_OPEN_OF_REQUESTER = 100;

/** A change request that is ready to become a pull request. */
export interface Proposal {
  changeRequest: ChangeRequest;
  /** Name of the template, for the branch. */
  templateName: string;
  commit: string;
  /** Makes the same change on another base. */
  commitOn(base: string): Promise<string>;
  title: string;
  /** Description, to which a trailer is appended. */
  body: string;
}

interface Services {
  forge: Forge;
  repository: PlatformRepository;
  config: Pick<MlPlatformConfig, 'repository'>;
}

/**
 * Opens the pull request of a proposal, or returns the open one with the same content, left by an earlier, interrupted or
 * concurrent run.
 *
 * @throws ConflictError with a link when another pull request for the same target is open.
 */
export async function openOnce(
  services: Services,
  proposal: Proposal,
): Promise<PullRequest> {
  const { forge } = services;
  const { changeRequest, templateName, commit } = proposal;
  const portal = { forge, repository: services.config.repository };
  const open = await findOpenChangeRequest({ portal, target: changeRequest });
  if (open) {
    return requireName(
      services,
      requireSameChangeRequest(open, changeRequest),
      changeRequest,
    );
  }
  const others = await listPullRequestsForName(forge, changeRequest);
  if (others.some(({ target }) => target.team !== changeRequest.team)) {
    throw nameInUseError(changeRequest);
  }
  const { requester } = changeRequest;
  if (
    (await countOpenChangeRequests({ portal, requester })) >=
    MAX_OPEN_OF_REQUESTER
  ) {
    throw new ConflictError(
      `You have ${MAX_OPEN_OF_REQUESTER} open pull requests, and can have no more. Merge or close some, then try again.`,
    );
  }
  for (let attempt = 1; attempt <= MAX_BRANCHES; attempt++) {
    const branch = changeRequestBranch(templateName, changeRequest, attempt);
    const earlier = await forge.findPullRequest({ branch, state: 'any' });
    if (earlier?.state === 'open') {
      // Opened in the meantime.
      return requireSameChangeRequest(
        readOpenChangeRequest(earlier, portal),
        changeRequest,
      );
    }
    let opened: PullRequest;
    try {
      opened = await pushAndOpen(services, proposal, { branch, commit });
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ConflictError') {
        throw error;
      }
      // The branch of a pull request that was merged or closed may still exist, and branches are never moved.
      const other = earlier
        ? undefined
        : await waitForOpenChangeRequest(services, changeRequest);
      if (other) {
        return requireSameChangeRequest(other, changeRequest);
      }
      // The branch is left from a run that died before it opened its pull request.
      const left = earlier
        ? undefined
        : await findLeftOver(services, proposal, branch);
      if (!left) {
        continue;
      }
      opened = await pushAndOpen(services, proposal, { branch, commit: left });
    }
    return requireName(services, opened, changeRequest);
  }
  throw new ConflictError(
    `The platform repository has too many branches of earlier change requests for ${describeTarget(
      changeRequest,
    )}. Ask the platform team to delete them.`,
  );
}

async function pushAndOpen(
  { forge, repository, config }: Services,
  { changeRequest, title, body }: Proposal,
  { branch, commit }: { branch: string; commit: string },
): Promise<PullRequest> {
  const { url, trailerSecret } = config.repository;
  const trailer = formatTrailer(
    {
      id: changeRequestId(changeRequest),
      ...changeRequest,
      repository: url,
      branch,
      commit,
    },
    trailerSecret,
  );
  await repository.pushNewBranch({ commit, branch });
  return forge.openPullRequest({
    branch,
    baseBranch: repository.branch,
    title,
    body: `${body}\n\n${trailer}`,
    labels: [CHANGE_REQUEST_LABEL],
  });
}

/** The head of a branch, if it is exactly this change on an earlier head of the deployed branch. */
async function findLeftOver(
  { repository }: Services,
  proposal: Proposal,
  branch: string,
): Promise<string | undefined> {
  const left = await repository.branchHead(branch);
  const head = await repository.head();
  return left &&
    (await repository.wasHead({ commit: left.parent, head })) &&
    (await proposal.commitOn(left.parent)) === left.commit
    ? left.commit
    : undefined;
}

/**
 * Lets the oldest of the open pull requests for a name have it. Every task looks after it has opened its own, so that of two
 * at least the later one sees the other, in whichever replica they run.
 *
 * @throws ConflictError after closing the pull request, which a task of this change request opened.
 */
async function requireName(
  services: Services,
  pullRequest: PullRequest,
  changeRequest: Proposal['changeRequest'],
): Promise<PullRequest> {
  const { forge, config } = services;
  const { team } = changeRequest;
  const oldest = (await listPullRequestsForName(forge, changeRequest)).find(
    ({ target }) =>
      target.team !== team || targetsOverlap(target, changeRequest),
  );
  if (!oldest || oldest.pullRequest.number >= pullRequest.number) {
    return pullRequest;
  }
  await forge.closePullRequest(pullRequest.number);
  if (oldest.target.team !== team) {
    throw nameInUseError(changeRequest);
  }
  return requireSameChangeRequest(
    readOpenChangeRequest(oldest.pullRequest, {
      forge,
      repository: config.repository,
    }),
    changeRequest,
  );
}

async function waitForOpenChangeRequest(
  { forge, config: { repository } }: Services,
  target: Proposal['changeRequest'],
): Promise<OpenChangeRequest | undefined> {
  const portal = { forge, repository };
  for (let attempt = 0; attempt < OPENING_TIMEOUT.attempts; attempt++) {
    const open = await findOpenChangeRequest({ portal, target });
    if (open) {
      return open;
    }
    await sleep(OPENING_TIMEOUT.milliseconds);
  }
  return undefined;
}

/** Returns the open pull request when it has the same requester and content; otherwise throws with a link to it. */
function requireSameChangeRequest(
  { pullRequest, requester, digest }: OpenChangeRequest,
  changeRequest: Proposal['changeRequest'],
): PullRequest {
  const target = describeTarget(changeRequest);
  if (requester !== changeRequest.requester) {
    throw new ConflictError(
      `Someone else has an open pull request for ${target}: ${pullRequest.url} - Wait until it is merged or closed, or contact them.`,
    );
  }
  if (digest !== changeRequest.digest) {
    throw new ConflictError(
      `You have an open pull request for ${target} with other content: ${pullRequest.url} - Merge or close it, then try again.`,
    );
  }
  return pullRequest;
}
