import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { GitPlatformRepository } from './GitPlatformRepository';

const committer = { name: 'ML platform portal', email: 'portal@example.com' };

describe('GitPlatformRepository with a misbehaving forge', () => {
  let directory: string;
  let server: Server;
  let serverResponse: { status: number; headers?: Record<string, string> };

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'git-failures-'));
    server = createServer((_, response) => {
      response.writeHead(serverResponse.status, serverResponse.headers).end();
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  afterAll(async () => {
    server.close();
    await rm(directory, { recursive: true });
  });

  function unhealthy(port: number) {
    return GitPlatformRepository.create({
      url: `http://127.0.0.1:${port}/acme/platform.git`,
      branch: 'main',
      credentials: async () => ({
        username: 'bot',
        password: 'secret-token',
      }),
      committer,
      workingDirectory: directory,
      logger: mockServices.logger.mock(),
    });
  }

  it.each([
    [{ status: 401 }, 'refuses the account of the portal'],
    [{ status: 403 }, 'refuses the account of the portal'],
    [{ status: 404 }, 'was not found'],
    [{ status: 500 }, 'cannot be reached'],
    [
      { status: 302, headers: { Location: 'http://127.0.0.1:1/elsewhere' } },
      'cannot be reached',
    ],
  ])('reports %j', async (given, words) => {
    serverResponse = given;
    const { port } = server.address() as AddressInfo;
    const clone = unhealthy(port);
    const error = await clone.head().catch(caught => caught);
    expect(error).toMatchObject({ name: 'ServiceUnavailableError' });
    expect(error.message).toContain(words);
    expect(error.message).not.toMatch(/127\.0\.0\.1|secret|\/tmp/);
    await clone.close();
  });

  it('reports an unreachable forge, and retries', async () => {
    const clone = unhealthy(1);
    await expect(clone.head()).rejects.toThrow(
      'The platform repository cannot be reached. Nothing was changed; try again in a minute.',
    );
    await expect(clone.head()).rejects.toThrow('cannot be reached');
    await clone.close();
  });

  it('refuses URLs that are not HTTP or contain credentials', () => {
    for (const url of [
      'file:///etc',
      'ext::sh -c id',
      '/srv/x.git',
      'http://a:b@127.0.0.1/x.git',
    ]) {
      expect(() =>
        GitPlatformRepository.create({
          url,
          branch: 'main',
          committer,
          logger: mockServices.logger.mock(),
        }),
      ).toThrow('mlPlatform.repository.url');
    }
  });
});
