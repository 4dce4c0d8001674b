import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import express from 'express';
import { BareRepository } from '../git/BareRepository';
import { requireGit } from '../git/requireGit';
import { seedRepository } from '../git/seedRepository';
import { loopbackOnly, serve, type RunningServer } from '../http/serve';
import type { SandboxLogger } from '../logger';
import { sandboxAccounts } from './accounts';
import { cloneCommand } from './cloneCommand';
import { createApiRouter } from './api/router';
import { EventChannel, type PushEvent, type Subscribe } from './events';
import type { Forge } from './Forge';
import { ForgeState } from './ForgeState';
import { createPagesRouter } from './pages/router';
import { PullRequests } from './PullRequests';
import { seedWebhook, type SeedWebhook } from './seedWebhook';
import { WebhookDispatcher } from './WebhookDispatcher';
import { createSmartHttpRouter, gitHooks } from './smartHttp';

const OWNER = 'acme';
const NAME = 'platform';
const BRANCH = 'main';

export interface RunningForge extends RunningServer {
  /** Clone URL. */
  repositoryUrl: string;
  /** Command for people, which clones the repository with its credentials. */
  cloneCommand: string;
  /** Directory of the bare repository. */
  repositoryDirectory: string;
  branch: string;
  onPush: Subscribe<PushEvent>;
}

/** Starts the forge. The first start creates its repository from the seed directories. */
export async function startForge(options: {
  host: string;
  port: number;
  /** Directory for the repository and the state; created when missing. */
  stateDirectory: string;
  /** Directories of the initial commit by their names in the repository. */
  seedDirectories: Record<string, string>;
  /** A webhook to create. */
  webhook?: SeedWebhook;
  logger: SandboxLogger;
}): Promise<RunningForge> {
  const { host, port, stateDirectory, seedDirectories, webhook, logger } =
    options;
  await mkdir(stateDirectory, { recursive: true });
  await requireGit(stateDirectory);
  const repository = await openRepository(stateDirectory, seedDirectories);
  const state = ForgeState.open(join(stateDirectory, 'forge.json'));
  const pulls = new PullRequests({ repository, state, logger });
  const fullName = `${OWNER}/${NAME}`;
  if (webhook) {
    seedWebhook(state, webhook);
  }

  const server = await serve({
    name: 'sandbox forge',
    portFlag: '--forge-port',
    host,
    port,
    createApp: rootUrl => {
      const forge: Forge = {
        rootUrl,
        owner: OWNER,
        name: NAME,
        fullName,
        branch: BRANCH,
        repository,
        state,
        pullRequests: pulls,
        statuses: new EventChannel(logger),
      };
      new WebhookDispatcher({ forge, logger }).start();
      const app = express().disable('x-powered-by').disable('etag');
      app.use(loopbackOnly);
      app.use(
        createSmartHttpRouter({
          repository,
          fullName,
          branch: BRANCH,
          onPush: events => pulls.handlePushes(events),
          logger,
        }),
      );
      app.use('/api/v1', createApiRouter(forge, logger));
      app.use(createPagesRouter(forge, logger));
      return app;
    },
  });
  return {
    ...server,
    repositoryUrl: `${server.url}/${fullName}.git`,
    cloneCommand: cloneCommand({ rootUrl: server.url, fullName }),
    repositoryDirectory: repository.directory,
    branch: BRANCH,
    onPush: pulls.pushes.subscribe,
  };
}

async function openRepository(
  stateDirectory: string,
  seedDirectories: Record<string, string>,
): Promise<BareRepository> {
  const directory = join(stateDirectory, 'repository.git');
  if (!existsSync(directory)) {
    // Create it under another name first, so that an interrupted start leaves no incomplete repository.
    const unfinished = join(stateDirectory, 'repository.new');
    await rm(unfinished, { recursive: true, force: true });
    const { fullName, email } = sandboxAccounts.platformEngineer;
    await seedRepository(
      await BareRepository.create({
        directory: unfinished,
        branch: BRANCH,
        configuration: {
          'uploadpack.allowFilter': 'true',
          'uploadpack.allowAnySHA1InWant': 'true',
          'receive.hideRefs': 'refs/pull',
          'receive.autogc': 'false',
        },
      }),
      {
        branch: BRANCH,
        directories: seedDirectories,
        message: 'Initial platform repository\n',
        author: { name: fullName, email },
      },
    );
    await rename(unfinished, directory);
  }
  const repository = new BareRepository(directory);
  // Also in a repository of an earlier version.
  await repository.installHooks(gitHooks);
  return repository;
}
