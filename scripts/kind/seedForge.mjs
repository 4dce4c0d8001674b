import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { root } from '../setup/directories.mjs';
import { capture } from './commands.mjs';
import { Gitea } from './Gitea.mjs';
import { randomPassword } from './secrets.mjs';

const NAME = 'platform';
const BRANCH = 'main';
const ATTEMPTS = 1500;
const INTERVAL_MILLISECONDS = 200;
/** Permissions by account. Only the administrator can change `main`. */
const ACCOUNTS = { 'portal-bot': 'write', argocd: 'read' };

/**
 * Creates accounts, and the platform repository from this checkout's `infra/` and `templates/`, unless they exist.
 *
 * @param {{ url: string, administrator: { username: string, password: string }, owner?: string }} forge
 * @returns {Promise<Record<string, string>>} new tokens, by account
 */
export async function seedForge({ url, administrator, owner = 'acme' }) {
  const repository = `/repos/${owner}/${NAME}`;
  const gitea = new Gitea({ url, ...administrator });
  if (!(await gitea.exists(`/orgs/${owner}`))) {
    await gitea.request('POST', '/orgs', { username: owner });
  }
  if (!(await gitea.exists(repository))) {
    await gitea.request('POST', `/orgs/${owner}/repos`, {
      name: NAME,
      private: true,
      default_branch: BRANCH,
    });
  }
  if (!(await gitea.exists(`${repository}/branches/${BRANCH}`))) {
    await push(`${url}/${owner}/${NAME}.git`, administrator);
    await waitForContent(gitea, repository);
    await protect(gitea, repository, administrator.username);
  }
  const tokens = {};
  for (const [username, permission] of Object.entries(ACCOUNTS)) {
    tokens[username] = await createToken(gitea, { url, username });
    await gitea.request('PUT', `${repository}/collaborators/${username}`, {
      permission,
    });
  }
  return tokens;
}

/** Creates a new token, because Gitea shows tokens only once. That needs the account's password, which is not stored: it is reset. */
async function createToken(gitea, { url, username }) {
  const password = randomPassword();
  if (await gitea.exists(`/users/${username}`)) {
    await gitea.request('PATCH', `/admin/users/${username}`, {
      login_name: username,
      source_id: 0,
      password,
    });
  } else {
    await gitea.request('POST', '/admin/users', {
      username,
      email: `${username}@example.com`,
      password,
      must_change_password: false,
    });
  }
  const own = new Gitea({ url, username, password });
  const tokens = `/users/${username}/tokens`;
  const name = 'kind-up';
  if ((await own.request('GET', tokens)).some(token => token.name === name)) {
    await own.request('DELETE', `${tokens}/${name}`);
  }
  const { sha1 } = await own.request('POST', tokens, {
    name,
    scopes: [
      'write:repository',
      'write:issue',
      'read:user',
      'read:organization',
    ],
  });
  return sha1;
}

/** Waits until Gitea has processed the push in the background. Until then it responds with 500 to requests for branches. */
async function waitForContent(gitea, repository) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (!(await gitea.request('GET', repository)).empty) {
      return;
    }
    await setTimeout(INTERVAL_MILLISECONDS);
  }
  throw new Error(
    'Gitea accepted the platform repository, but still shows it as empty. Run the command again.',
  );
}

async function protect(gitea, repository, administrator) {
  await gitea.request('POST', `${repository}/branch_protections`, {
    rule_name: BRANCH,
    enable_push: true,
    enable_push_whitelist: true,
    push_whitelist_usernames: [administrator],
    enable_merge_whitelist: true,
    merge_whitelist_usernames: [administrator],
  });
}

async function push(url, { username, password }) {
  const work = await mkdtemp(join(tmpdir(), 'kind-platform-'));
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  const git = (...args) =>
    capture('git', args, {
      cwd: work,
      env: {
        PATH: process.env.PATH,
        HOME: work,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_TERMINAL_PROMPT: '0',
        // Environment variables, because other users can see arguments.
        GIT_CONFIG_COUNT: '3',
        GIT_CONFIG_KEY_0: 'http.extraHeader',
        GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
        GIT_CONFIG_KEY_1: 'user.name',
        GIT_CONFIG_VALUE_1: 'Platform engineer',
        GIT_CONFIG_KEY_2: 'user.email',
        GIT_CONFIG_VALUE_2: 'platform-engineer@example.com',
      },
    });
  try {
    for (const name of ['infra', 'templates']) {
      await cp(join(root, name), join(work, name), { recursive: true });
    }
    await git('init', '--quiet', `--initial-branch=${BRANCH}`);
    await git('add', '--all');
    await git('commit', '--quiet', '--message=Initial platform repository');
    await git('push', '--quiet', url, BRANCH);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
