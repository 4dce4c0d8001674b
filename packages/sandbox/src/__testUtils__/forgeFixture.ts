import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request, { type Response } from 'supertest';
import { sandboxAccounts, startForge, type RunningForge } from '../forge';
import type { Account } from '../forge/accounts';
import { git, urlFor, writeFiles } from './git';

/** A forge with a small repository and a clone of it. */
export interface ForgeFixture {
  forge: RunningForge;
  directory: string;
  /** A clone with the portal's credentials. */
  clone: string;
  /** Calls the REST API: a path relative to the repository's, or an absolute one. */
  call(
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    body?: object,
    account?: Account | null,
  ): Promise<Response>;
  /** Restarts the forge with the same state. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A logger for tests that do not check messages. */
export const silentLogger = { info() {}, warn() {}, error() {} };

export async function startForgeFixture(
  files: Record<string, string>,
): Promise<ForgeFixture> {
  const directory = await mkdtemp(join(tmpdir(), 'forge-test-'));
  await writeFiles(join(directory, 'seed'), files);
  const start = (port: number) =>
    startForge({
      host: '127.0.0.1',
      port,
      stateDirectory: join(directory, 'state'),
      seedDirectories: {
        infra: join(directory, 'seed/infra'),
        templates: join(directory, 'seed/templates'),
      },
      logger: silentLogger,
    });
  const fixture: ForgeFixture = {
    forge: await start(0),
    directory,
    clone: join(directory, 'clone'),
    async call(method, path, body, account = sandboxAccounts.portal) {
      const url = path.startsWith('/')
        ? path
        : `/api/v1/repos/acme/platform/${path}`;
      return request(fixture.forge.url)
        [method](url)
        .set(account ? { Authorization: `token ${account.token}` } : {})
        .send(body);
    },
    async restart() {
      await fixture.forge.stop();
      fixture.forge = await start(Number(new URL(fixture.forge.url).port));
    },
    async stop() {
      await fixture.forge.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
  await git(
    directory,
    'clone',
    '--quiet',
    urlFor(sandboxAccounts.portal, fixture.forge.repositoryUrl),
    'clone',
  );
  return fixture;
}
