/** Sends requests to a server from a separate process, so that it does not use the server's CPU time. */
import autocannon from 'autocannon';
import { replyToParent } from '../Child';
import { quantile } from '../quantile';
import type { LoadRequest } from './LoadRequest';
import { sendAtRate } from './sendAtRate';

export type LoadCommand =
  /** As many requests as possible: each connection sends the next one after a response. */
  | {
      do: 'saturate';
      request: LoadRequest;
      connections: number;
      seconds: number;
    }
  | {
      do: 'rate';
      request: LoadRequest;
      connections: number;
      seconds: number;
      /** Requests per second over all connections. */
      rate: number;
    }
  /** Sequential requests in rounds. The returned quantiles are those of the slowest request. */
  | { do: 'times'; requests: LoadRequest[]; rounds: number };

async function saturate(command: Extract<LoadCommand, { do: 'saturate' }>) {
  const { request, connections, seconds } = command;
  const { body, ...target } = request;
  const result = await autocannon({
    ...target,
    ...(body !== undefined && { method: 'POST', body }),
    connections,
    duration: seconds,
  });
  const failed = result.non2xx + result.errors;
  if (failed > 0) {
    throw new Error(`${failed} requests of ${request.url} failed`);
  }
  return {
    responses: result['2xx'],
    perSecond: result['2xx'] / result.duration,
  };
}

async function rate(command: Extract<LoadCommand, { do: 'rate' }>) {
  const milliseconds = await sendAtRate(command);
  return {
    responses: milliseconds.length,
    p50Ms: quantile(milliseconds, 0.5),
    p99Ms: quantile(milliseconds, 0.99),
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

const commands = { saturate, rate, times };

replyToParent<LoadCommand>(command =>
  (commands[command.do] as (command: LoadCommand) => Promise<object>)(command),
);
