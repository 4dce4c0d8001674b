import { z } from 'zod';
import type { PullRequest } from './Forge';

/** The fields of Gitea's answers that we read. */
export const giteaLabelsSchema = z.array(
  z.object({ id: z.number().int(), name: z.string() }),
);

export const giteaLabelSchema = giteaLabelsSchema.element;

const branchSchema = z.object({
  /** The branch's name, also after the branch was deleted. */
  label: z.string(),
  sha: z.string(),
  repo_id: z.number().int(),
});

export const giteaPullRequestSchema = z.object({
  number: z.number().int(),
  html_url: z.string(),
  title: z.string(),
  body: z.string(),
  state: z.enum(['open', 'closed']),
  merged: z.boolean(),
  head: branchSchema,
  base: branchSchema,
  labels: z.array(z.object({ name: z.string() })).nullish(),
  created_at: z.string(),
});
export type GiteaPullRequest = z.infer<typeof giteaPullRequestSchema>;

export const giteaPullRequestsSchema = z.array(giteaPullRequestSchema);

export function toPullRequest(gitea: GiteaPullRequest): PullRequest {
  return {
    number: gitea.number,
    url: gitea.html_url,
    title: gitea.title,
    body: gitea.body,
    state: gitea.merged ? 'merged' : gitea.state,
    branch: gitea.head.label,
    headCommit: gitea.head.sha,
    baseBranch: gitea.base.label,
    labels: gitea.labels?.map(label => label.name) ?? [],
    createdAt: gitea.created_at,
  };
}
