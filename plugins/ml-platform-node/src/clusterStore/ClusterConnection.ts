import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import { UpstreamError } from '../upstream';

export interface ClusterResponse {
  status: number;
  body: Buffer;
}

/** Sends GET requests to one API server, with the credentials and TLS settings of a `KubeConfig`. */
export class ClusterConnection {
  #kubeConfig: KubeConfig;
  /** Requests carry their own TLS options, so that renewed certificates are used. */
  readonly #agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true }),
  };

  #clockAheadMs = 0;

  constructor(options: { kubeConfig: KubeConfig }) {
    this.#kubeConfig = options.kubeConfig;
  }

  /** Offset of the API server's clock from ours, by its last response; 0 before the first. */
  get clockAheadMs(): number {
    return this.#clockAheadMs;
  }

  /**
   * Resolves with the response when its headers arrive, whatever its status; the caller reads or destroys it. Redirects
   * are not followed, because they would carry the token to another host.
   *
   * @throws UpstreamError when there is no response.
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
        // A missing token file, or a failing exec plugin.
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
        this.#dropCachedCredentials(kubeConfig);
      }
      return response;
    } catch (error) {
      throw error instanceof UpstreamError
        ? error
        : UpstreamError.fromRequestError(error);
    }
  }

  /**
   * Reads a whole response.
   *
   * @param options.keepLast - number of bytes to keep from the end of the body.
   * @throws UpstreamError when there is no complete response.
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

  /** A `KubeConfig` caches token files and exec plugin output. A fresh copy reads them again with the next request. */
  #dropCachedCredentials(rejected: KubeConfig) {
    if (this.#kubeConfig !== rejected) {
      return;
    }
    const fresh = new KubeConfig();
    fresh.loadFromOptions({
      clusters: rejected.clusters,
      users: rejected.users,
      contexts: rejected.contexts,
      currentContext: rejected.currentContext,
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
      // Retry when the server closed an idle keep-alive connection just before it was reused.
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
