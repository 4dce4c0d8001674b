import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Platform } from '../Platform';
import { run } from '../processes/run';
import { GiteaClient } from './GiteaClient';
import type { RunningGitea } from './startGitea';

const OWNER = 'acme';
const NAME = 'platform';
const BRANCH = 'main';

/**
 * Creates the platform repository from a directory's `infra/` and `templates/`, with the same rights as in the sandbox: the
 * portal pushes branches, and only the platform engineer can change `main`.
 *
 * @returns the URL to clone from
 */
export async function seedPlatformRepository(
  { directory, environment }: Platform,
  gitea: RunningGitea,
  content: string,
): Promise<string> {
  const administrator = gitea.accounts['platform-engineer'];
  const client = new GiteaClient({ url: gitea.url, ...administrator });
  await client.request('POST', '/orgs', { username: OWNER });
  await client.request('POST', `/orgs/${OWNER}/repos`, {
    name: NAME,
    private: true,
    default_branch: BRANCH,
  });

  const url = `${gitea.url}/${OWNER}/${NAME}.git`;
  await push(url, {
    content,
    work: join(directory, 'platform-repository'),
    environment,
    // In the environment, because other users can see arguments.
    authorization: `Authorization: token ${administrator.token}`,
  });

  const repository = `/repos/${OWNER}/${NAME}`;
  await client.request('PUT', `${repository}/collaborators/portal-bot`, {
    permission: 'write',
  });
  await client.request('PUT', `${repository}/collaborators/argocd`, {
    permission: 'read',
  });
  await client.request('POST', `${repository}/branch_protections`, {
    rule_name: BRANCH,
    enable_push: true,
    enable_push_whitelist: true,
    push_whitelist_usernames: [administrator.username],
    enable_merge_whitelist: true,
    merge_whitelist_usernames: [administrator.username],
  });
  return url;
}

async function push(
  url: string,
  options: {
    content: string;
    work: string;
    environment: Record<string, string>;
    authorization: string;
  },
): Promise<void> {
  const { content, work, environment, authorization } = options;
  await mkdir(work);
  for (const name of ['infra', 'templates']) {
    await cp(join(content, name), join(work, name), { recursive: true });
  }
  const git = (...args: string[]) =>
    run('git', args, {
      directory: work,
      environment: {
        ...environment,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_TERMINAL_PROMPT: '0',
        GIT_CONFIG_COUNT: '3',
        GIT_CONFIG_KEY_0: 'http.extraHeader',
        GIT_CONFIG_VALUE_0: authorization,
        GIT_CONFIG_KEY_1: 'user.name',
        GIT_CONFIG_VALUE_1: 'Platform engineer',
        GIT_CONFIG_KEY_2: 'user.email',
        GIT_CONFIG_VALUE_2: 'platform-engineer@example.com',
      },
    });
  await git('init', '--quiet', `--initial-branch=${BRANCH}`);
  await git('add', '--all');
  await git('commit', '--quiet', '--message=Initial platform repository');
  await git('push', '--quiet', url, BRANCH);
}
