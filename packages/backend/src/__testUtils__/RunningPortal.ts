import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { TestDatabase } from '@internal/plugin-ml-platform-node/testing';
import request, { type Test } from 'supertest';
import { stringify } from 'yaml';
import type { PortalTarget } from './PortalTarget';

const ROOT = resolve(__dirname, '../../../..');
const START_MILLISECONDS = 90_000;

/**
 * The whole backend as `npm start` runs it, on a platform. In a process of its own, because jest can neither load its
 * features nor leave its authentication alone; on a free port, with an empty database.
 */
export class RunningPortal {
  readonly #url: string;
  readonly #metricsUrl: string;
  readonly #directory: string;
  readonly #target: PortalTarget;
  readonly #backend: ChildProcess;
  readonly #tokens = new Map<string, string>();

  /** The portal ends its platform with itself. */
  static async start(
    target: PortalTarget,
    database: TestDatabase,
  ): Promise<RunningPortal> {
    const directory = await mkdtemp(join(tmpdir(), 'running-portal-'));
    const url = `http://localhost:${await freePort()}`;
    const metricsPort = await freePort();
    const overlay = join(directory, 'app-config.test.yaml');
    await writeFile(
      overlay,
      stringify(ownConfig(url, await database.config())),
    );
    const portal = new RunningPortal(
      url,
      `http://localhost:${metricsPort}/metrics`,
      directory,
      target,
      startBackend({
        files: [...target.configFiles, overlay],
        environment: {
          ...target.environment,
          OTEL_METRICS_EXPORTER: 'prometheus',
          OTEL_EXPORTER_PROMETHEUS_PORT: `${metricsPort}`,
        },
        log: join(directory, 'backend.log'),
      }),
    );
    await portal.#started().catch(async error => {
      await portal.stop();
      throw error;
    });
    return portal;
  }

  private constructor(
    url: string,
    metricsUrl: string,
    directory: string,
    target: PortalTarget,
    backend: ChildProcess,
  ) {
    this.#url = url;
    this.#metricsUrl = metricsUrl;
    this.#directory = directory;
    this.#target = target;
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

  /** What Prometheus scrapes. */
  async metrics(): Promise<string> {
    return (await fetch(this.#metricsUrl)).text();
  }

  async stop() {
    if (this.#backend.exitCode === null) {
      this.#backend.kill();
      await once(this.#backend, 'exit');
    }
    await this.#target.stop();
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

function ownConfig(url: string, database: object) {
  return {
    app: { baseUrl: url },
    backend: {
      baseUrl: url,
      listen: { port: Number(new URL(url).port) },
      cors: { origin: url },
      database,
    },
  };
}

function startBackend(options: {
  files: string[];
  environment: Record<string, string>;
  log: string;
}): ChildProcess {
  const output = openSync(options.log, 'w');
  const backend = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      'src/index.ts',
      ...options.files.flatMap(file => ['--config', file]),
    ],
    {
      cwd: join(ROOT, 'packages/backend'),
      env: { ...process.env, ...options.environment, NODE_ENV: 'development' },
      stdio: ['ignore', output, output],
    },
  );
  closeSync(output);
  process.once('exit', () => backend.kill());
  return backend;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
