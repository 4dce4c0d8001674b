import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from '@internal/real-platform';
import { Child, type Answer } from './Child';
import type { LoadRequest, LoadCommand } from './load/generator';
import type { FixtureSize } from './fixture/size';
import { withFixture } from './processes';
import type { BackendCommand, personas } from './subjects/runBackend';

const READY_SECONDS = 300;
/** Backstage does not compress shorter responses. */
const COMPRESSED_FROM = 1_024;

/** The counted fields of the stock Kubernetes plugin's response. */
export interface StockAnswer {
  items: Array<{ resources: Array<{ type: string; resources: unknown[] }> }>;
}

/** A Backstage backend on the fixture, with a load generator. */
export interface RunningBackend {
  /** A request with a persona's token. */
  as(
    persona: keyof typeof personas,
    path: string,
    body?: object,
  ): Promise<LoadRequest>;
  /** @returns the measurements of the load generator, and the backend's CPU time (`cpuMs`) */
  load(command: LoadCommand): Promise<Answer>;
  /** Changes pods for some seconds. */
  change(options: { perSecond: number; seconds: number }): Promise<Answer>;
  /** Number of requests to the API server. */
  requestsOfCluster(): Promise<number>;
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
      await backend.ask({ do: 'start', port, cluster });
      const url = `http://127.0.0.1:${port}`;
      return await work({
        as: async (persona, path, body) => ({
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
        change: options => fixture.ask({ do: 'send-events', ...options }),
        requestsOfCluster: async () =>
          (
            await fixture.ask({ do: 'requests' })
          ).requests,
      });
    } finally {
      await Promise.all([backend.end(), generator.end()]);
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

/** Waits until a request succeeds, because the catalog reads its entities after the start. @returns the sent bytes */
export async function bytesOf(asked: LoadRequest): Promise<number> {
  for (let i = 0; ; i += 1) {
    const { status, encoding, bytes } = await send(asked);
    if (status === 200) {
      if (encoding !== 'gzip' && bytes > COMPRESSED_FROM) {
        throw new Error(`${asked.url} is not compressed`);
      }
      return bytes;
    }
    if (i === READY_SECONDS) {
      throw new Error(`${asked.url} responds with ${status}`);
    }
    await delay(1_000);
  }
}

/** @throws if a response is empty, because its measurement would be meaningless */
export async function expectSomething<T>(
  asked: LoadRequest,
  count: (answer: T) => number,
): Promise<void> {
  const response = await fetch(asked.url, {
    method: asked.body === undefined ? 'GET' : 'POST',
    headers: asked.headers,
    body: asked.body,
  });
  if (!(count(await response.json()) > 0)) {
    throw new Error(`The response of ${asked.url} is empty`);
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
