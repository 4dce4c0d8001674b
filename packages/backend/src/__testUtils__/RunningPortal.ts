import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase } from '@internal/plugin-ml-platform-node/testing';
import request, { type Test } from 'supertest';
import { stringify } from 'yaml';
import { BackendProcess } from './BackendProcess';
import { freePort } from './freePort';
import type { PortalTarget } from './PortalTarget';
import type { FoundRoutes } from './routeRecorder';

interface RunningPortalOptions {
  /** Configuration over that of the target. */
  config?: object;
  /** Environment variables besides those of the target. */
  environment?: Record<string, string>;
  /** Modules to load before the backend. */
  preload?: string[];
}

/**
 * The whole backend as `npm start` runs it, on a target, on a free port and with an empty database. It runs in a separate
 * process, because Jest cannot load all of its features, and would replace its authentication.
 */
export class RunningPortal {
  readonly url: string;
  readonly target: PortalTarget;
  readonly #metricsUrl: string;
  readonly #directory: string;
  readonly #backend: BackendProcess;
  readonly #tokens = new Map<string, string>();

  /**
   * Starts the portal, which stops its target when it stops.
   *
   * @param database.config - `backend.database`
   */
  static async start(
    target: PortalTarget,
    database: Pick<TestDatabase, 'config'>,
    options: RunningPortalOptions = {},
  ): Promise<RunningPortal> {
    const directory = await mkdtemp(join(tmpdir(), 'running-portal-'));
    const url = `http://localhost:${await freePort()}`;
    const metricsPort = await freePort();
    const baseConfig = join(directory, 'app-config.test.yaml');
    await writeFile(
      baseConfig,
      stringify(baseConfigOf(url, await database.config())),
    );
    const overlay = join(directory, 'app-config.options.yaml');
    await writeFile(overlay, stringify(options.config ?? {}));
    const backend = new BackendProcess({
      configFiles: [...target.configFiles, baseConfig, overlay],
      environment: {
        ...target.environment,
        OTEL_METRICS_EXPORTER: 'prometheus',
        OTEL_EXPORTER_PROMETHEUS_PORT: `${metricsPort}`,
        ...options.environment,
      },
      logFile: join(directory, 'backend.log'),
      preload: options.preload,
    });
    const portal = new RunningPortal({
      url,
      target,
      metricsUrl: `http://localhost:${metricsPort}/metrics`,
      directory,
      backend,
    });
    try {
      await backend.untilReady(`${url}/.backstage/health/v1/readiness`);
    } catch (error) {
      await portal.stop();
      throw error;
    }
    return portal;
  }

  private constructor(options: {
    url: string;
    target: PortalTarget;
    metricsUrl: string;
    directory: string;
    backend: BackendProcess;
  }) {
    this.url = options.url;
    this.target = options.target;
    this.#metricsUrl = options.metricsUrl;
    this.#directory = options.directory;
    this.#backend = options.backend;
  }

  /** Sends a request as a persona, who signs in first, or anonymously. */
  async send(
    persona: string | undefined,
    method: 'get' | 'post' | 'put' | 'delete',
    path: string,
    body?: object,
  ): Promise<Awaited<Test>> {
    const test = request(this.url)[method](path);
    if (persona) {
      test.set('Authorization', `Bearer ${await this.#signIn(persona)}`);
    }
    return body ? test.send(body) : test;
  }

  /** The process of the portal, to pause or kill it. */
  get process(): BackendProcess {
    return this.#backend;
  }

  /** The metrics that Prometheus scrapes. */
  async metrics(): Promise<string> {
    return (await fetch(this.#metricsUrl)).text();
  }

  /** The routes of the running backend. */
  findRoutes(): Promise<FoundRoutes> {
    return this.#backend.findRoutes();
  }

  async stop() {
    await this.#backend.stop();
    await this.target.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #signIn(persona: string): Promise<string> {
    const cached = this.#tokens.get(persona);
    if (cached) {
      return cached;
    }
    const { body } = await request(this.url)
      .get('/api/auth/sandbox/refresh')
      .query({ persona })
      .set('X-Requested-With', 'XMLHttpRequest')
      .expect(200);
    const { token } = body.backstageIdentity;
    this.#tokens.set(persona, token);
    return token;
  }
}

function baseConfigOf(url: string, database: object) {
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
