import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoadRequest } from './LoadRequest';

/**
 * Sends requests at an even rate, whether or not earlier ones have been answered, as independent users do.
 *
 * autocannon cannot do this: it sends the requests of each second in one burst, and corrects its latencies for requests
 * that it would have sent in the meantime with an interval of 1 ms (`Math.ceil(1 / rate)` in lib/run.js of 8.0), so that
 * one slow response counts as often as it has milliseconds.
 *
 * @param options.connections - maximum number of connections; further requests wait for one, and the wait counts
 * @param options.rate - requests per second
 * @returns the latencies in milliseconds, each from the time at which the request was due
 */
export async function sendAtRate(options: {
  request: LoadRequest;
  connections: number;
  rate: number;
  seconds: number;
}): Promise<number[]> {
  const { request, connections, rate, seconds } = options;
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const startedAt = performance.now();
  const responses: Array<Promise<number>> = [];
  try {
    for (let i = 0; i < rate * seconds; i += 1) {
      const dueAt = startedAt + (i * 1_000) / rate;
      const early = dueAt - performance.now();
      if (early > 0) {
        await delay(early);
      }
      responses.push(
        send(request, agent).then(() => performance.now() - dueAt),
      );
    }
    return await Promise.all(responses);
  } finally {
    agent.destroy();
  }
}

/** Resolves after the last byte of a successful response. */
function send(
  { url, headers, body }: LoadRequest,
  agent: http.Agent,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const request = http.request(url, { method, headers, agent }, response => {
      response.resume();
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200
          ? resolve()
          : reject(new Error(`${url} responds with ${response.statusCode}`)),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}
