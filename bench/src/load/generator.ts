/** Asks a server, in a process of its own: what it takes to ask should not be taken from who answers. */
import autocannon from 'autocannon';
import { answerParent } from '../Child';
import { quantile } from '../quantile';

/** One HTTP request; bodies are JSON. */
export interface Asked {
  url: string;
  headers: Record<string, string>;
  /** With one it is a POST. */
  body?: string;
}

export type LoadCommand =
  | {
      do: 'load';
      asked: Asked;
      connections: number;
      seconds: number;
      /** Requests per second over all connections. Without it as many as are answered. */
      rate?: number;
    }
  /** One after the other, in rounds through all of them; times are of the slowest of them. */
  | { do: 'times'; asked: Asked[]; rounds: number };

async function load(command: Extract<LoadCommand, { do: 'load' }>) {
  const { asked, connections, seconds, rate } = command;
  const { body, ...request } = asked;
  const result = await autocannon({
    ...request,
    ...(body !== undefined && { method: 'POST', body }),
    connections,
    duration: seconds,
    ...(rate !== undefined && { overallRate: rate }),
  });
  const failed = result.non2xx + result.errors;
  if (failed > 0) {
    throw new Error(`${failed} requests of ${asked.url} failed`);
  }
  return {
    answers: result['2xx'],
    perSecond: result['2xx'] / result.duration,
    p99Ms: result.latency.p99,
  };
}

async function times({ asked, rounds }: { asked: Asked[]; rounds: number }) {
  const milliseconds: number[][] = asked.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, each] of asked.entries()) {
      milliseconds[index].push(await time(each));
    }
  }
  const slowest = (q: number) =>
    Math.max(...milliseconds.map(each => quantile(each, q)));
  return { p50Ms: slowest(0.5), p95Ms: slowest(0.95), p99Ms: slowest(0.99) };
}

async function time({ url, headers, body }: Asked): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    body,
  });
  await response.arrayBuffer();
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}`);
  }
  return performance.now() - startedAt;
}

answerParent<LoadCommand>(command =>
  command.do === 'load' ? load(command) : times(command),
);
