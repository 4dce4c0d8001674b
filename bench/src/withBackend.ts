import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from '@internal/real-platform';
import { Child, type Reply } from './Child';
import type { LoadRequest, LoadCommand } from './load/generator';
import type { FixtureSize } from './fixture/size';
import { withFixture } from './processes';
import type { BackendCommand, personas } from './subjects/runBackend';

/** Longest wait until the backend serves a path. */
const READY_TIMEOUT_SECONDS = 300;
/** Size in bytes from which Backstage compresses responses. */
const MIN_COMPRESSED_BYTES = 1_024;

/** Response of the stock Kubernetes plugin: only the fields that benchmarks count. */
export interface StockResponse {
  items: Array<{ resources: Array<{ type: string; resources: unknown[] }> }>;
}

/** A Backstage backend on the fixture, with a load generator. */
export interface RunningBackend {
  /** Signs in as a persona. @returns a request with its token */
  requestAs(
    persona: keyof typeof personas,
    path: string,
    body?: object,
  ): Promise<LoadRequest>;
  /** @returns the measurements of the load generator, and the backend's CPU time (`cpuMs`) */
  load(command: LoadCommand): Promise<Reply>;
  /** Sends watch events of changed pods. */
  changePods(options: { perSecond: number; seconds: number }): Promise<Reply>;
  /** Number of requests to the API server since its start. */
  apiServerRequests(): Promise<number>;
}

/** Runs `work` with the fixture, a new backend and a load generator in separate processes. */
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
      await backend.call({ do: 'start', port, cluster });
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
          const before = await backend.call({ do: 'cpu' });
          const measured = await generator.call(command);
          const { cpuMs } = await backend.call({ do: 'cpu' });
          return { ...measured, cpuMs: cpuMs - before.cpuMs };
        },
        changePods: options => fixture.call({ do: 'send-events', ...options }),
        apiServerRequests: async () =>
          (
            await fixture.call({ do: 'requests' })
          ).requests,
      });
    } finally {
      await Promise.all([backend.stop(), generator.stop()]);
    }
  });
}

async function signIn(url: string, persona: string): Promise<string> {
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
 * Repeats a request until it succeeds: the catalog reads its entities only after the backend has started.
 *
 * @returns the size of the response in bytes, as sent (compressed)
 */
export async function waitForResponseBytes(
  loadRequest: LoadRequest,
): Promise<number> {
  for (let i = 0; ; i += 1) {
    const { status, encoding, bytes } = await send(loadRequest);
    if (status === 200) {
      if (encoding !== 'gzip' && bytes > MIN_COMPRESSED_BYTES) {
        throw new Error(`${loadRequest.url} is not compressed`);
      }
      return bytes;
    }
    if (i === READY_TIMEOUT_SECONDS) {
      throw new Error(`${loadRequest.url} responds with ${status}`);
    }
    await delay(1_000);
  }
}

/** @throws if a response is empty, because its measurement would be meaningless */
export async function expectNonEmpty<T>(
  loadRequest: LoadRequest,
  count: (body: T) => number,
): Promise<void> {
  const response = await fetch(loadRequest.url, {
    method: loadRequest.body === undefined ? 'GET' : 'POST',
    headers: loadRequest.headers,
    body: loadRequest.body,
  });
  if (!(count(await response.json()) > 0)) {
    throw new Error(`The response of ${loadRequest.url} is empty`);
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
