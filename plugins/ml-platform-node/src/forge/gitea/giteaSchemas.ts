import { z } from 'zod';
import type { CommitCheck, PullRequest, Review } from '../Forge';
import { toTime } from '../rest/toTime';
import { webAddressSchema } from '../rest/webAddress';

/** Labels of a repository. As in all schemas of this file, only the fields that the portal reads. */
export const giteaLabelsSchema = z.array(
  z.object({ id: z.number().int(), name: z.string() }),
);

export const giteaLabelSchema = giteaLabelsSchema.element;

const timeSchema = z.iso.datetime({ offset: true });

/** Absent for deleted accounts. */
const userSchema = z.object({ login: z.string() }).nullish();

const branchSchema = z.object({
  /** Name of the branch, also after its deletion. */
  label: z.string(),
  sha: z.string(),
  repo_id: z.number().int(),
});

export const giteaPullRequestSchema = z.object({
  number: z.number().int(),
  html_url: webAddressSchema,
  title: z.string(),
  body: z.string(),
  state: z.enum(['open', 'closed']),
  merged: z.boolean(),
  head: branchSchema,
  base: branchSchema,
  labels: z.array(z.object({ name: z.string() })).nullish(),
  user: userSchema,
  created_at: timeSchema,
  updated_at: timeSchema,
  closed_at: timeSchema.nullish(),
  merged_at: timeSchema.nullish(),
  merged_by: userSchema,
  merge_commit_sha: z.string().nullish(),
});
type GiteaPullRequest = z.infer<typeof giteaPullRequestSchema>;

export const giteaFileSchema = z.object({
  filename: z.string(),
  previous_filename: z.string().optional(),
});

/** Combined status of a commit: the latest status of each context. */
export const giteaStatusSchema = z.object({
  statuses: z
    .array(
      z.object({
        status: z.string(),
        context: z.string(),
        description: z.string(),
        target_url: z.string(),
        updated_at: timeSchema,
      }),
    )
    .nullish(),
});
type GiteaStatus = NonNullable<
  z.infer<typeof giteaStatusSchema>['statuses']
>[number];

export const giteaReviewsSchema = z.array(
  z.object({
    id: z.number().int(),
    user: userSchema,
    state: z.string(),
    stale: z.boolean(),
    official: z.boolean(),
    dismissed: z.boolean(),
    submitted_at: timeSchema,
  }),
);
type GiteaReview = z.infer<typeof giteaReviewsSchema>[number];

export function toPullRequest(gitea: GiteaPullRequest): PullRequest {
  const { merge_commit_sha: commit, merged_at: at, merged_by: by } = gitea;
  return {
    number: gitea.number,
    url: gitea.html_url,
    title: gitea.title,
    body: gitea.body,
    state: gitea.merged ? 'merged' : gitea.state,
    branch: gitea.head.label,
    headCommit: gitea.head.sha,
    fromFork: gitea.head.repo_id !== gitea.base.repo_id,
    baseBranch: gitea.base.label,
    labels: gitea.labels?.map(label => label.name) ?? [],
    author: gitea.user?.login ?? '',
    createdAt: toTime(gitea.created_at),
    updatedAt: toTime(gitea.updated_at),
    ...(gitea.closed_at && { closedAt: toTime(gitea.closed_at) }),
    ...(gitea.merged &&
      commit &&
      at && { merge: { commit, at: toTime(at), by: by?.login } }),
  };
}

const checkStates: Record<string, CommitCheck['state']> = {
  pending: 'running',
  success: 'passed',
  warning: 'passed',
  skipped: 'skipped',
};

export function toCheck(gitea: GiteaStatus): CommitCheck {
  return {
    name: gitea.context,
    // `error`, `failure` and states of future versions.
    state: checkStates[gitea.status] ?? 'failed',
    at: toTime(gitea.updated_at),
    text: gitea.description,
    link: gitea.target_url,
  };
}

const decisions: Record<string, Review['decision']> = {
  APPROVED: 'approved',
  REQUEST_CHANGES: 'changes-requested',
};

/** Reduces reviews to the last decision of each official reviewer. */
export function toReviews(gitea: GiteaReview[]): Review[] {
  const byPerson = new Map<string, Review>();
  for (const review of [...gitea].sort((a, b) => a.id - b.id)) {
    const decision = decisions[review.state];
    if (decision && review.official && !review.dismissed && review.user) {
      byPerson.set(review.user.login, {
        by: review.user.login,
        decision,
        at: toTime(review.submitted_at),
        stale: review.stale,
      });
    }
  }
  return [...byPerson.values()];
}
