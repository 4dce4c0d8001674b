import http from 'node:http';
import https from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { UpstreamError } from '../lastKnown';

/** Answers beyond this are refused rather than held in memory. */
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

export interface ClusterResponse {
  status: number;
  body: Buffer;
}

/** GET requests to one API server, with the credentials and the TLS settings of a `KubeConfig`. */
export class ClusterConnection {
  static create(options: { kubeConfig: KubeConfig }): ClusterConnection {
    return new ClusterConnection(options.kubeConfig);
  }

  readonly #kubeConfig: KubeConfig;

  private constructor(kubeConfig: KubeConfig) {
    this.#kubeConfig = kubeConfig;
  }

  /**
   * Redirects are not followed: they would carry the token elsewhere.
   *
   * @param options.keepLast - keeps only this many bytes, the last ones.
   * @throws UpstreamError when there is no complete answer.
   */
  async get(
    path: string,
    options: {
      query: URLSearchParams;
      signal: AbortSignal;
      keepLast?: number;
    },
  ): Promise<ClusterResponse> {
    try {
      const requestOptions: https.RequestOptions = {
        signal: options.signal,
        headers: { accept: 'application/json, */*' },
      };
      await this.#kubeConfig.applyToHTTPSOptions(requestOptions);
      const server = this.#kubeConfig.getCurrentCluster()?.server;
      const url = new URL(`${server}${path}?${options.query}`);
      return await send(url, requestOptions, options.keepLast);
    } catch (error) {
      throw error instanceof UpstreamError
        ? error
        : UpstreamError.fromRequestError(error);
    }
  }
}

function send(
  url: URL,
  requestOptions: https.RequestOptions,
  keepLast: number | undefined,
): Promise<ClusterResponse> {
  const client = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const request = client.get(url, requestOptions, response => {
      const chunks: Buffer[] = [];
      let held = 0;
      let received = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        held += chunk.length;
        received += chunk.length;
        while (keepLast !== undefined && held - chunks[0].length >= keepLast) {
          held -= chunks.shift()!.length;
        }
        if (received > MAX_RESPONSE_BYTES) {
          request.destroy(new UpstreamError('failed'));
        }
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: lastBytes(Buffer.concat(chunks), keepLast),
        }),
      );
    });
    request.on('error', reject);
  });
}

function lastBytes(body: Buffer, keepLast: number | undefined): Buffer {
  return keepLast !== undefined && body.length > keepLast
    ? body.subarray(body.length - keepLast)
    : body;
}
