import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import { UpstreamError } from '../upstream';

export interface ClusterResponse {
  status: number;
  body: Buffer;
}

/** GET requests to one API server, with the credentials and the TLS settings of a `KubeConfig`. */
export class ClusterConnection {
  static create(options: { kubeConfig: KubeConfig }): ClusterConnection {
    return new ClusterConnection(options.kubeConfig);
  }

  #kubeConfig: KubeConfig;
  /** Requests carry their own TLS options, so that renewed certificates are used. */
  readonly #agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true }),
  };

  #clockAheadMs = 0;

  private constructor(kubeConfig: KubeConfig) {
    this.#kubeConfig = kubeConfig;
  }

  /** How far the API server's clock is ahead of ours, by its last answer; 0 until there was one. */
  get clockAheadMs(): number {
    return this.#clockAheadMs;
  }

  /**
   * The answer as soon as it begins, whatever its status; the caller reads or destroys it. Redirects are not followed:
   * they would carry the token elsewhere.
   *
   * @throws UpstreamError when there is no answer.
   */
  async open(
    path: string,
    options: { query?: URLSearchParams; signal: AbortSignal },
  ): Promise<IncomingMessage> {
    const { query, signal } = options;
    try {
      const requestOptions: https.RequestOptions = {
        headers: { accept: 'application/json, */*' },
      };
      const kubeConfig = this.#kubeConfig;
      await kubeConfig.applyToHTTPSOptions(requestOptions).catch(error => {
        // A token file that is not there, an exec plugin that fails.
        throw new UpstreamError('unauthorized', error);
      });
      const cluster = kubeConfig.getCurrentCluster();
      const url = new URL(
        `${cluster?.server}${path}${query ? `?${query}` : ''}`,
      );
      const response = await send(url, {
        ...requestOptions,
        signal,
        agent: cluster?.proxyUrl
          ? requestOptions.agent
          : this.#agents[url.protocol === 'https:' ? 'https:' : 'http:'],
      });
      const clock = Date.parse(response.headers.date ?? '');
      if (!Number.isNaN(clock)) {
        this.#clockAheadMs = clock - Date.now();
      }
      if (response.statusCode === 401) {
        this.#forgetCredentials(kubeConfig);
      }
      return response;
    } catch (error) {
      throw error instanceof UpstreamError
        ? error
        : UpstreamError.fromRequestError(error);
    }
  }

  /**
   * @param options.keepLast - keeps only this many bytes, the last ones.
   * @throws UpstreamError when there is no complete answer.
   */
  async get(
    path: string,
    options: {
      query?: URLSearchParams;
      signal: AbortSignal;
      keepLast: number;
    },
  ): Promise<ClusterResponse> {
    const response = await this.open(path, options);
    try {
      return {
        status: response.statusCode ?? 0,
        body: await readLast(response, options.keepLast),
      };
    } catch (error) {
      throw UpstreamError.fromRequestError(error);
    }
  }

  close(): void {
    Object.values(this.#agents).forEach(agent => agent.destroy());
  }

  /** What was cached of a token file or of an exec plugin's answer is no longer accepted: read it again next time. */
  #forgetCredentials(refused: KubeConfig) {
    if (this.#kubeConfig !== refused) {
      return;
    }
    const fresh = new KubeConfig();
    fresh.loadFromOptions({
      clusters: refused.clusters,
      users: refused.users,
      contexts: refused.contexts,
      currentContext: refused.currentContext,
    });
    this.#kubeConfig = fresh;
  }
}

async function send(
  url: URL,
  options: https.RequestOptions,
): Promise<IncomingMessage> {
  const client = url.protocol === 'https:' ? https : http;
  for (;;) {
    const request = client.get(url, options);
    try {
      return await new Promise<IncomingMessage>((resolve, reject) => {
        request.on('response', resolve);
        request.on('error', reject);
      });
    } catch (error) {
      // The server closed a connection that it had kept open, just before it was used again.
      if (!request.reusedSocket || options.signal?.aborted) {
        throw error;
      }
    }
  }
}

async function readLast(
  response: IncomingMessage,
  bytes: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let held = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    held += chunk.length;
    while (held - chunks[0].length >= bytes) {
      held -= chunks.shift()!.length;
    }
  }
  const body = Buffer.concat(chunks);
  return body.subarray(Math.max(0, body.length - bytes));
}
