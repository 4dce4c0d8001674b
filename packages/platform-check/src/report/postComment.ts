import { z } from 'zod';
import { COMMENT_MARK } from './markdownReport';

/** The variables of a forge's pipeline, which are the same for GitHub and Gitea. */
const environmentSchema = z.object({
  GITHUB_API_URL: z.url(),
  GITHUB_REPOSITORY: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  GITHUB_TOKEN: z.string().min(1),
});
const commentsSchema = z.array(
  z.object({
    id: z.number(),
    body: z.string().default(''),
    user: z.object({ login: z.string() }).nullish(),
  }),
);
/** Authors of what pipelines write, in GitHub and in Gitea. A report in the comment of a person could be edited by that person. */
const PIPELINES = ['github-actions[bot]', 'gitea-actions'];

/**
 * Writes the report as a comment of a pull request, or updates the comment of an earlier run.
 *
 * @throws Error if the forge rejects the comment, for example for a pull request from a fork
 */
export async function postComment(
  pullRequest: number,
  body: string,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN } =
    environmentSchema.parse(environment);
  const issues = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/issues`;
  const request = async (method: string, url: string, content?: object) => {
    const response = await fetch(url, {
      method,
      headers: {
        Authorization: `token ${GITHUB_TOKEN}`,
        'Content-Type': 'application/json',
      },
      body: content && JSON.stringify(content),
    });
    if (!response.ok) {
      throw new Error(
        `The forge rejected the comment with status ${response.status}.`,
      );
    }
    return response;
  };

  const listed = await request(
    'GET',
    `${issues}/${pullRequest}/comments?per_page=100&limit=100`,
  );
  const earlier = commentsSchema
    .parse(await listed.json())
    .find(
      ({ body: text, user }) =>
        text.startsWith(COMMENT_MARK) && PIPELINES.includes(user?.login ?? ''),
    );
  await (earlier
    ? request('PATCH', `${issues}/comments/${earlier.id}`, { body })
    : request('POST', `${issues}/${pullRequest}/comments`, { body }));
}
