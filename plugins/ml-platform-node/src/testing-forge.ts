import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
// eslint-disable-next-line @backstage/no-undeclared-imports -- Tests only import this; in production it is not installed.
import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
// eslint-disable-next-line @backstage/no-undeclared-imports -- As above.
import { sandboxAccounts, startSandbox } from '@internal/sandbox';
import { z } from 'zod';
import { createForge } from './forge';
import { parseJson } from './json/parseJson';
import {
  GitPlatformRepository,
  repositoryCredentials,
} from './platformRepository';

/**
 * Starts the sandbox's forge with a platform repository of the given files, and a client for it. In a sub-path of its own,
 * because it loads the sandbox.
 */
export async function startTestForge(files: Record<string, string>) {
  const directory = await mkdtemp(path.join(tmpdir(), 'test-forge-'));
  for (const name of ['infra', 'templates']) {
    await mkdir(path.join(directory, name));
  }
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.join(directory, path.dirname(file)), { recursive: true });
    await writeFile(path.join(directory, file), content);
  }
  const logger = mockServices.logger.mock();
  const sandbox = await startSandbox({
    stateDirectory: path.join(directory, 'state'),
    seedDirectories: {
      infra: path.join(directory, 'infra'),
      templates: path.join(directory, 'templates'),
    },
    logger,
  });
  const { login, token } = sandboxAccounts.portal;
  const config = mockServices.rootConfig({
    data: {
      integrations: {
        gitea: [
          {
            host: new URL(sandbox.forgeUrl).host,
            baseUrl: sandbox.forgeUrl,
            username: login,
            password: token,
          },
        ],
      },
    },
  });
  const integrations = ScmIntegrations.fromConfig(config);
  const repositories: GitPlatformRepository[] = [];
  const openRepository = async () => {
    const workingDirectory = await mkdtemp(path.join(directory, 'clone-'));
    const repository = GitPlatformRepository.create({
      url: sandbox.repositoryUrl,
      branch: 'main',
      credentials: repositoryCredentials(sandbox.repositoryUrl, integrations),
      committer: { name: 'ML platform portal', email: 'portal@example.com' },
      workingDirectory,
      logger,
    });
    repositories.push(repository);
    return { repository, workingDirectory };
  };
  const act = actAsReviewer(sandbox.forgeUrl);
  const engineerUrl = new URL(sandbox.repositoryUrl);
  engineerUrl.username = sandboxAccounts.platformEngineer.login;
  engineerUrl.password = sandboxAccounts.platformEngineer.token;
  return {
    ...sandbox,
    /** Clone URL with the credentials of the platform engineer, who may push. */
    engineerRepositoryUrl: engineerUrl.href,
    directory,
    logger,
    openRepository,
    forge: createForge({ url: sandbox.repositoryUrl }, integrations),
    act,
    merge: (pullRequest: number) =>
      act('POST', `pulls/${pullRequest}/merge`, { Do: 'merge' }),
    async stop() {
      await Promise.all(repositories.map(repository => repository.close()));
      await sandbox.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Merges the open pull request of a branch, as a reviewer. */
export async function mergeBranch(
  forgeUrl: string,
  branch: string,
): Promise<void> {
  const act = actAsReviewer(forgeUrl);
  const open = z
    .array(
      z.object({ number: z.number(), head: z.object({ ref: z.string() }) }),
    )
    .parse(await act('GET', 'pulls?state=open'));
  const found = open.find(({ head }) => head.ref === branch);
  await act('POST', `pulls/${found?.number}/merge`, { Do: 'merge' });
}

/** Sends requests of the platform engineer to the repository in the forge's API. */
function actAsReviewer(forgeUrl: string) {
  return async (
    method: 'GET' | 'POST' | 'PATCH',
    address: string,
    body?: object,
  ): Promise<unknown> => {
    const { token } = sandboxAccounts.platformEngineer;
    const response = await fetch(
      `${forgeUrl}/api/v1/repos/acme/platform/${address}`,
      {
        method,
        headers: {
          Authorization: `token ${token}`,
          'Content-Type': 'application/json',
        },
        body: body && JSON.stringify(body),
      },
    );
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${address}: ${response.status} ${text}`);
    }
    return parseJson(text);
  };
}

export type TestForge = Awaited<ReturnType<typeof startTestForge>>;
