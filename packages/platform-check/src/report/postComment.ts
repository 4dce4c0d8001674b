import { z } from 'zod';
import { COMMENT_MARK } from './markdownReport';

/** Where a forge's pipeline says that it is: GitHub and Gitea set the same variables. */
const environmentSchema = z.object({
  GITHUB_API_URL: z.url(),
  GITHUB_REPOSITORY: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  GITHUB_TOKEN: z.string().min(1),
});
const commentsSchema = z.array(
  z.object({ id: z.number(), body: z.string().default('') }),
);

/**
 * Writes the report as a comment of a pull request, over the one that an earlier run wrote.
 *
 * @throws Error when the forge refuses, for example because a pull request from a fork has no right to.
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
      throw new Error(`The forge answered ${response.status} to the comment.`);
    }
    return response;
  };

  const listed = await request(
    'GET',
    `${issues}/${pullRequest}/comments?per_page=100&limit=100`,
  );
  const earlier = commentsSchema
    .parse(await listed.json())
    .find(comment => comment.body.startsWith(COMMENT_MARK));
  await (earlier
    ? request('PATCH', `${issues}/comments/${earlier.id}`, { body })
    : request('POST', `${issues}/${pullRequest}/comments`, { body }));
}
