/** Sends requests to a server from a separate process, so that it does not use the server's CPU time. */
import autocannon from 'autocannon';
import { serveParent } from '../Child';
import { quantile } from '../quantile';

/** One HTTP request; the body is JSON. */
export interface LoadRequest {
  url: string;
  headers: Record<string, string>;
  /** Sent with POST, if present. */
  body?: string;
}

export type LoadCommand =
  | {
      do: 'load';
      request: LoadRequest;
      connections: number;
      seconds: number;
      /** Requests per second over all connections; as many as possible by default. */
      rate?: number;
    }
  /** Sends all requests one after the other, `rounds` times. Quantiles are those of the slowest request. */
  | { do: 'times'; requests: LoadRequest[]; rounds: number };

async function load(command: Extract<LoadCommand, { do: 'load' }>) {
  const { request, connections, seconds, rate } = command;
  const { body, ...options } = request;
  const result = await autocannon({
    ...options,
    ...(body !== undefined && { method: 'POST', body }),
    connections,
    duration: seconds,
    ...(rate !== undefined && { overallRate: rate }),
  });
  const failed = result.non2xx + result.errors;
  if (failed > 0) {
    throw new Error(`${failed} requests to ${request.url} failed`);
  }
  return {
    responses: result['2xx'],
    perSecond: result['2xx'] / result.duration,
    p99Ms: result.latency.p99,
  };
}

async function times({
  requests,
  rounds,
}: {
  requests: LoadRequest[];
  rounds: number;
}) {
  const milliseconds: number[][] = requests.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, request] of requests.entries()) {
      milliseconds[index].push(await time(request));
    }
  }
  const slowest = (q: number) =>
    Math.max(...milliseconds.map(each => quantile(each, q)));
  return { p50Ms: slowest(0.5), p95Ms: slowest(0.95), p99Ms: slowest(0.99) };
}

async function time({ url, headers, body }: LoadRequest): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    body,
  });
  await response.arrayBuffer();
  if (!response.ok) {
    throw new Error(`${url} responds with ${response.status}`);
  }
  return performance.now() - startedAt;
}

serveParent<LoadCommand>(command =>
  command.do === 'load' ? load(command) : times(command),
);
