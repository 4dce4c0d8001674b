import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { BuiltSystems } from '../build/buildSystems';
import type { Platform } from '../Platform';
import { freePorts } from '../processes/freePorts';
import { run } from '../processes/run';
import { expectSuccess } from '../processes/waitUntil';

/** An account with a password for sign-in, and a token for Git and the API. */
interface GiteaAccount {
  username: string;
  password: string;
  token: string;
}

/** The accounts of the sandbox: the portal, the user who merges, and a reader. */
const ACCOUNTS = ['portal-bot', 'platform-engineer', 'argocd'] as const;
const ADMINISTRATOR = 'platform-engineer';

export interface RunningGitea {
  url: string;
  accounts: Record<(typeof ACCOUNTS)[number], GiteaAccount>;
}

/** Starts Gitea with its accounts and no repository. */
export async function startGitea(
  { directory: platformDirectory, processes, environment }: Platform,
  systems: BuiltSystems,
): Promise<RunningGitea> {
  const ports = await freePorts(['http']);
  const url = `http://127.0.0.1:${ports.http}`;
  const directory = join(platformDirectory, 'gitea');
  await mkdir(directory);
  const configuration = join(directory, 'app.ini');
  await writeFile(
    configuration,
    configure(directory, join(systems.gitea, 'share'), ports.http),
  );

  const command = join(systems.gitea, 'bin/gitea');
  const gitea = (...args: string[]) =>
    run(command, ['--config', configuration, ...args], { environment });
  await gitea('migrate');
  const accounts: Record<string, GiteaAccount> = {};
  for (const username of ACCOUNTS) {
    const password = randomBytes(16).toString('hex');
    await gitea(
      'admin',
      'user',
      'create',
      `--username=${username}`,
      `--password=${password}`,
      `--email=${username}@example.com`,
      '--must-change-password=false',
      ...(username === ADMINISTRATOR ? ['--admin'] : []),
    );
    const output = await gitea(
      'admin',
      'user',
      'generate-access-token',
      `--username=${username}`,
      '--token-name=real-platform',
      '--scopes=all',
      '--raw',
    );
    accounts[username] = { username, password, token: tokenIn(output) };
  }

  await processes.start({
    name: 'gitea',
    rank: 'client',
    command,
    args: ['--config', configuration, 'web'],
    // Gitea has rejected valid tokens shortly after it became healthy.
    ready: () =>
      Promise.all(
        Object.values(accounts).map(({ token }) =>
          expectSuccess(`${url}/api/v1/user`, {
            authorization: `token ${token}`,
          }),
        ),
      ),
  });
  return { url, accounts: accounts as RunningGitea['accounts'] };
}

/** Finds the token in the output, which has warnings if Gitea runs as root. */
function tokenIn(output: string): string {
  const token = /^[0-9a-f]{40}$/m.exec(output)?.[0];
  if (token === undefined) {
    throw new Error(
      `Gitea's output has no token, but ${output.length} characters`,
    );
  }
  return token;
}

/** With Gitea's default timeout of half a second, concurrent writes on few cores fail with 500. */
const SQLITE_SETTINGS = `SQLITE_TIMEOUT = 20000
SQLITE_JOURNAL_MODE = WAL`;

function configure(directory: string, share: string, port: number): string {
  const { username } = userInfo();
  return `RUN_USER = ${username}
I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = ${username === 'root'}
WORK_PATH = ${directory}
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${port}
ROOT_URL = http://127.0.0.1:${port}/
STATIC_ROOT_PATH = ${share}
DISABLE_SSH = true
OFFLINE_MODE = true
[database]
DB_TYPE = sqlite3
PATH = ${join(directory, 'gitea.db')}
${SQLITE_SETTINGS}
[security]
INSTALL_LOCK = true
SECRET_KEY = ${randomBytes(16).toString('hex')}
[repository]
ROOT = ${join(directory, 'repositories')}
DEFAULT_BRANCH = main
[webhook]
ALLOWED_HOST_LIST = loopback
[cron]
ENABLED = false
[actions]
ENABLED = false
[log]
LEVEL = Warn
`;
}
