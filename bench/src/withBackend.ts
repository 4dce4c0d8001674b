import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from '@internal/real-platform';
import { Child, type Answer } from './Child';
import type { Asked, LoadCommand } from './load/generator';
import type { FixtureSize } from './fixture/size';
import { withFixture } from './processes';
import type { BackendCommand, personas } from './subjects/runBackend';

const PATIENCE_SECONDS = 60;
/** Backstage leaves shorter answers as they are. */
const COMPRESSED_FROM = 1_024;

/** What the stock Kubernetes plugin answers, as far as it is counted. */
export interface StockAnswer {
  items: Array<{ resources: Array<{ type: string; resources: unknown[] }> }>;
}

/** A Backstage backend on the fixture, and what asks it. */
export interface RunningBackend {
  /** A request as a person, with a token of theirs. */
  as(
    persona: keyof typeof personas,
    path: string,
    body?: object,
  ): Promise<Asked>;
  /** @returns what the load generator measured, and the CPU that the backend took meanwhile (`cpuMs`). */
  load(command: LoadCommand): Promise<Answer>;
  /** Has pods change for some seconds. */
  change(options: { perSecond: number; seconds: number }): Promise<Answer>;
  /** How often the API server was asked so far. */
  requestsOfCluster(): Promise<number>;
}

/** Runs `work` with the fixture, a fresh backend of it and a load generator, each in a process of its own. */
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

/** Waits until a request is answered: the catalog reads its entities after it has started. @returns bytes as they are sent. */
export async function bytesOf(asked: Asked): Promise<number> {
  for (let i = 0; ; i += 1) {
    const { status, encoding, bytes } = await send(asked);
    if (status === 200) {
      if (encoding !== 'gzip' && bytes > COMPRESSED_FROM) {
        throw new Error(`${asked.url} is not compressed`);
      }
      return bytes;
    }
    if (i === PATIENCE_SECONDS) {
      throw new Error(`${asked.url} answers ${status}`);
    }
    await delay(1_000);
  }
}

/** @throws when an answer has nothing in it, so that no emptiness is measured. */
export async function expectSomething<T>(
  asked: Asked,
  count: (answer: T) => number,
): Promise<void> {
  const response = await fetch(asked.url, {
    method: asked.body === undefined ? 'GET' : 'POST',
    headers: asked.headers,
    body: asked.body,
  });
  if (!(count(await response.json()) > 0)) {
    throw new Error(`The answer of ${asked.url} is empty`);
  }
}

function send({ url, headers, body }: Asked) {
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
