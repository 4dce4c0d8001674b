import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '@internal/sandbox';
import request, { type Test } from 'supertest';
import { configuration } from './configuration';

const ROOT = resolve(__dirname, '../../../..');
const START_MILLISECONDS = 90_000;

/**
 * The whole backend as `npm start` runs it, on the sandbox. In a process of its own, because jest can neither load its
 * features nor leave its authentication alone; on free ports, with a database in memory.
 */
export class RunningPortal {
  readonly #url: string;
  readonly #directory: string;
  readonly #sandbox: Sandbox;
  readonly #backend: ChildProcess;
  readonly #tokens = new Map<string, string>();

  /** @param options - `templates`: more golden paths, as directory name and content of `template.yaml`. */
  static async start(options: {
    templates: Record<string, string>;
  }): Promise<RunningPortal> {
    const directory = await mkdtemp(join(tmpdir(), 'running-portal-'));
    const sandbox = await startSandbox({
      stateDirectory: join(directory, 'sandbox'),
      seedDirectories: {
        infra: join(ROOT, 'infra'),
        templates: await copyTemplates(directory, options.templates),
      },
      logger: { info() {}, warn() {}, error() {} },
    });
    const port = await freePort();
    const file = join(directory, 'app-config.yaml');
    await writeFile(
      file,
      configuration({
        embedded: await readFile(join(ROOT, 'app-config.yaml'), 'utf8'),
        sandbox,
        port,
        templates: Object.keys(options.templates),
      }),
    );
    const portal = new RunningPortal(
      `http://localhost:${port}`,
      directory,
      sandbox,
      startBackend(file, join(directory, 'backend.log')),
    );
    await portal.#started().catch(async error => {
      await portal.stop();
      throw error;
    });
    return portal;
  }

  private constructor(
    url: string,
    directory: string,
    sandbox: Sandbox,
    backend: ChildProcess,
  ) {
    this.#url = url;
    this.#directory = directory;
    this.#sandbox = sandbox;
    this.#backend = backend;
  }

  /** Sends a request as a persona, who signs in first; as nobody without one. */
  async ask(
    persona: string | undefined,
    method: 'get' | 'post' | 'put' | 'delete',
    path: string,
    body?: object,
  ): Promise<Awaited<Test>> {
    const asked = request(this.#url)[method](path);
    if (persona) {
      asked.set('Authorization', `Bearer ${await this.#signIn(persona)}`);
    }
    return body ? asked.send(body) : asked;
  }

  async stop() {
    if (this.#backend.exitCode === null) {
      this.#backend.kill();
      await once(this.#backend, 'exit');
    }
    await this.#sandbox.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #signIn(persona: string): Promise<string> {
    const known = this.#tokens.get(persona);
    if (known) {
      return known;
    }
    const { body } = await request(this.#url)
      .get('/api/auth/sandbox/refresh')
      .query({ persona })
      .set('X-Requested-With', 'XMLHttpRequest')
      .expect(200);
    const { token } = body.backstageIdentity;
    this.#tokens.set(persona, token);
    return token;
  }

  async #started() {
    const deadline = Date.now() + START_MILLISECONDS;
    for (;;) {
      const response = await fetch(
        `${this.#url}/.backstage/health/v1/readiness`,
      ).catch(() => undefined);
      if (response?.ok) {
        return;
      }
      if (this.#backend.exitCode !== null || Date.now() > deadline) {
        const log = join(this.#directory, 'backend.log');
        const lines = (await readFile(log, 'utf8')).split('\n');
        throw new Error(
          `The backend did not start:\n${lines.slice(-30).join('\n')}`,
        );
      }
      await setTimeout(200);
    }
  }
}

function startBackend(file: string, log: string): ChildProcess {
  const output = openSync(log, 'w');
  const backend = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      'src/index.ts',
      '--config',
      file,
    ],
    {
      cwd: join(ROOT, 'packages/backend'),
      env: { ...process.env, NODE_ENV: 'development' },
      stdio: ['ignore', output, output],
    },
  );
  process.once('exit', () => backend.kill());
  return backend;
}

async function copyTemplates(
  directory: string,
  templates: Record<string, string>,
) {
  const target = join(directory, 'templates');
  await cp(join(ROOT, 'templates'), target, { recursive: true });
  for (const [name, content] of Object.entries(templates)) {
    await mkdir(join(target, name));
    await writeFile(join(target, name, 'template.yaml'), content);
  }
  return target;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
