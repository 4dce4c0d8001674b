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
  /** One after the other. */
  | { do: 'times'; asked: Asked; count: number };

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

async function times({ asked, count }: { asked: Asked; count: number }) {
  const { url, headers, body } = asked;
  const milliseconds: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const startedAt = performance.now();
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      body,
    });
    await response.arrayBuffer();
    milliseconds.push(performance.now() - startedAt);
    if (!response.ok) {
      throw new Error(`${url} answered ${response.status}`);
    }
  }
  return {
    p50Ms: quantile(milliseconds, 0.5),
    p95Ms: quantile(milliseconds, 0.95),
    p99Ms: quantile(milliseconds, 0.99),
  };
}

answerParent<LoadCommand>(command =>
  command.do === 'load' ? load(command) : times(command),
);
