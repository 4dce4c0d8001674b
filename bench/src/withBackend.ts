import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from '@internal/real-platform';
import { Child, type Reply } from './Child';
import type { LoadCommand } from './load/generator';
import type { LoadRequest } from './load/LoadRequest';
import type { FixtureSize } from './fixture/size';
import { withFixture } from './processes';
import type { BackendCommand, personas } from './subjects/runBackend';

/** One attempt per second. */
const MAX_READY_ATTEMPTS = 300;
/** Backstage does not compress shorter responses. */
const MIN_COMPRESSED_BYTES = 1_024;

/** The counted fields of the stock Kubernetes plugin's response. */
export interface StockResponse {
  items: Array<{ resources: Array<{ type: string; resources: unknown[] }> }>;
}

/** A Backstage backend in its own process, connected to the fixture (a fake API server), with a load generator. */
export interface RunningBackend {
  /** Signs in as a persona and builds a request with its token: POST if there is a body, else GET. */
  requestAs(
    persona: keyof typeof personas,
    path: string,
    body?: object,
  ): Promise<LoadRequest>;
  /** @returns the measurements of the load generator, and the backend's CPU time (`cpuMs`) */
  load(command: LoadCommand): Promise<Reply>;
  /** Lets the fixture send pod events for `seconds`. */
  changePods(options: { perSecond: number; seconds: number }): Promise<Reply>;
  /** Number of requests that the fixture has received so far. */
  apiServerRequests(): Promise<number>;
}

/**
 * Runs `work` with the fixture, a new backend and a load generator in separate processes.
 *
 * @param module - file in `subjects`: `portal` is this project's backend, `stock` is Backstage with the stock Kubernetes
 * plugin.
 */
export async function withBackend<T>(
  size: FixtureSize,
  module: 'portal' | 'stock',
  work: (backend: RunningBackend) => Promise<T>,
): Promise<T> {
  return withFixture(size, async ({ url: cluster, fixture }) => {
    const backend = new Child<BackendCommand>(`subjects/${module}.ts`, {
      quiet: true,
      execArgv: process.env.BENCH_PROFILE
        ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`]
        : [],
    });
    const generator = new Child<LoadCommand>('load/generator.ts');
    try {
      const { port } = await freePorts(['port']);
      await backend.ask({ do: 'start', port, cluster });
      const url = `http://127.0.0.1:${port}`;
      return await work({
        requestAs: async (persona, path, body) => ({
          url: `${url}${path}`,
          headers: {
            authorization: `Bearer ${await signIn(url, persona)}`,
            'accept-encoding': 'gzip',
            ...(body && { 'content-type': 'application/json' }),
          },
          ...(body && { body: JSON.stringify(body) }),
        }),
        load: async command => {
          const before = await backend.ask({ do: 'cpu' });
          const measured = await generator.ask(command);
          const { cpuMs } = await backend.ask({ do: 'cpu' });
          return { ...measured, cpuMs: cpuMs - before.cpuMs };
        },
        changePods: options => fixture.ask({ do: 'send-events', ...options }),
        apiServerRequests: async () =>
          (
            await fixture.ask({ do: 'requests' })
          ).requests,
      });
    } finally {
      await Promise.all([backend.end(), generator.end()]);
    }
  });
}

export async function signIn(url: string, persona: string): Promise<string> {
  const response = await fetch(
    `${url}/api/auth/sandbox/refresh?persona=${persona}`,
    { headers: { 'x-requested-with': 'XMLHttpRequest' } },
  );
  if (!response.ok) {
    throw new Error(`Sign-in as ${persona}: ${await response.text()}`);
  }
  const { backstageIdentity } = await response.json();
  return backstageIdentity.token;
}

/**
 * Repeats a request until it succeeds, because the catalog reads its entities after the start.
 *
 * @returns the size of the response body as sent, in bytes.
 */
export async function waitForResponseBytes(
  request: LoadRequest,
): Promise<number> {
  for (let i = 0; ; i += 1) {
    const { status, encoding, bytes } = await send(request);
    if (status === 200) {
      if (encoding !== 'gzip' && bytes > MIN_COMPRESSED_BYTES) {
        throw new Error(`${request.url} is not compressed`);
      }
      return bytes;
    }
    if (i === MAX_READY_ATTEMPTS) {
      throw new Error(`${request.url} responds with ${status}`);
    }
    await delay(1_000);
  }
}

/**
 * Checks that a response contains data: the measurement of an empty response would be meaningless.
 *
 * @param count - counts the items of the response.
 * @throws Error if there are none.
 */
export async function expectNonEmptyResponse<T>(
  request: LoadRequest,
  count: (response: T) => number,
): Promise<void> {
  const response = await fetch(request.url, {
    method: request.body === undefined ? 'GET' : 'POST',
    headers: request.headers,
    body: request.body,
  });
  if (!(count(await response.json()) > 0)) {
    throw new Error(`The response of ${request.url} is empty`);
  }
}

function send({ url, headers, body }: LoadRequest) {
  return new Promise<{
    status?: number;
    encoding?: string;
    bytes: number;
  }>((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const request = http.request(url, { method, headers }, response => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          encoding: response.headers['content-encoding'],
          bytes,
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}
