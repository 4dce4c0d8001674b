import { z } from 'zod';
import type { CommitCheck, PullRequest, Review } from '../Forge';
import { toTime } from '../rest/toTime';
import { webAddressSchema } from '../rest/webAddress';

const timeSchema = z.iso.datetime({ offset: true });

/** Null for deleted accounts. As in all schemas of this file, only the fields that the portal reads. */
const userSchema = z.object({ login: z.string() }).nullish();

/** A pull request as in lists; `merged_by` is in single ones only. */
export const githubPullRequestSchema = z.object({
  number: z.number().int(),
  html_url: webAddressSchema,
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']),
  /** `repo` is null when the fork was deleted. */
  head: z.object({
    ref: z.string(),
    sha: z.string(),
    repo: z.object({ id: z.number().int() }).nullish(),
  }),
  base: z.object({
    ref: z.string(),
    repo: z.object({ id: z.number().int() }),
  }),
  labels: z.array(z.object({ name: z.string() })),
  user: userSchema,
  created_at: timeSchema,
  updated_at: timeSchema,
  closed_at: timeSchema.nullish(),
  merged_at: timeSchema.nullish(),
  merged_by: userSchema,
  /** While the pull request is open, a trial merge that no branch has. */
  merge_commit_sha: z.string().nullish(),
});
type GithubPullRequest = z.infer<typeof githubPullRequestSchema>;

export const githubFileSchema = z.object({
  filename: z.string(),
  previous_filename: z.string().optional(),
});

export const githubCheckRunsSchema = z.object({
  check_runs: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      conclusion: z.string().nullable(),
      started_at: timeSchema.nullish(),
      completed_at: timeSchema.nullish(),
      details_url: z.string().nullish(),
      output: z.object({ title: z.string().nullish() }),
    }),
  ),
});
type GithubCheckRun = z.infer<
  typeof githubCheckRunsSchema
>['check_runs'][number];

/** Combined status of a commit: the latest status of each context. */
export const githubStatusSchema = z.object({
  statuses: z.array(
    z.object({
      state: z.string(),
      context: z.string(),
      description: z.string().nullish(),
      target_url: z.string().nullish(),
      updated_at: timeSchema,
    }),
  ),
});
type GithubStatus = z.infer<typeof githubStatusSchema>['statuses'][number];

export const githubReviewSchema = z.object({
  user: userSchema,
  state: z.string(),
  commit_id: z.string().nullish(),
  submitted_at: timeSchema.optional(),
  author_association: z.string(),
});
type GithubReview = z.infer<typeof githubReviewSchema>;

export const githubLabelsSchema = z.array(z.object({ name: z.string() }));

export function toPullRequest(github: GithubPullRequest): PullRequest {
  const {
    merge_commit_sha: commit,
    merged_at: at,
    merged_by: by,
    head,
    base,
  } = github;
  return {
    number: github.number,
    url: github.html_url,
    title: github.title,
    body: github.body ?? '',
    state: at ? 'merged' : github.state,
    branch: head.ref,
    headCommit: head.sha,
    fromFork: head.repo?.id !== base.repo.id,
    baseBranch: base.ref,
    labels: github.labels.map(({ name }) => name),
    author: github.user?.login ?? '',
    createdAt: toTime(github.created_at),
    updatedAt: toTime(github.updated_at),
    ...(github.closed_at && { closedAt: toTime(github.closed_at) }),
    ...(at && commit && { merge: { commit, at: toTime(at), by: by?.login } }),
  };
}

const conclusions: Record<string, CommitCheck['state']> = {
  success: 'passed',
  neutral: 'passed',
  skipped: 'skipped',
};

/** Result of a GitHub App's check, for example of a job of GitHub Actions. */
export function fromCheckRun(run: GithubCheckRun): CommitCheck {
  const isCompleted = run.status === 'completed';
  return {
    name: run.name,
    // `failure`, `cancelled`, `timed_out`, `action_required`, `stale`, and conclusions of future versions.
    state: isCompleted
      ? conclusions[run.conclusion ?? ''] ?? 'failed'
      : 'running',
    at: toTime(run.completed_at ?? run.started_at ?? new Date(0).toISOString()),
    text: run.output.title ?? '',
    link: run.details_url ?? '',
  };
}

const statusStates: Record<string, CommitCheck['state']> = {
  pending: 'running',
  success: 'passed',
};

/** Result that another system wrote on a commit. */
export function fromStatus(status: GithubStatus): CommitCheck {
  return {
    name: status.context,
    // `error` and `failure`.
    state: statusStates[status.state] ?? 'failed',
    at: toTime(status.updated_at),
    text: status.description ?? '',
    link: status.target_url ?? '',
  };
}

const decisions: Record<string, Review['decision'] | undefined> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
};

/** People whose review can count: GitHub's REST API does not say who may write. */
const REVIEWERS = ['OWNER', 'MEMBER', 'COLLABORATOR'];

/**
 * Reduces reviews, oldest first, to the last decision of each reviewer. A dismissed review takes the decision back.
 *
 * @param headCommit - a review of an earlier commit is stale.
 */
export function toReviews(
  reviews: GithubReview[],
  headCommit: string,
): Review[] {
  const byPerson = new Map<string, Review>();
  for (const review of reviews) {
    const { user, state, submitted_at: at } = review;
    const decision = decisions[state];
    if (!user || !REVIEWERS.includes(review.author_association)) {
      continue;
    }
    if (state === 'DISMISSED') {
      byPerson.delete(user.login);
    } else if (decision && at) {
      byPerson.set(user.login, {
        by: user.login,
        decision,
        at: toTime(at),
        stale: review.commit_id !== headCommit,
      });
    }
  }
  return [...byPerson.values()];
}
