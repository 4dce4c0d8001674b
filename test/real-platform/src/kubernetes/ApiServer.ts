import { Agent, request } from 'node:https';

/** Requests to a cluster's servers, which are faster than kubectl. */
export class ApiServer {
  readonly #authority: string;
  readonly #token: string;
  readonly #agent = new Agent({ keepAlive: true });

  /** @param options.authority - certificate as PEM */
  constructor(options: { authority: string; token: string }) {
    this.#authority = options.authority;
    this.#token = options.token;
  }

  /** Throws unless the URL responds with success. */
  async expectSuccess(url: string): Promise<void> {
    const { status } = await this.send(url);
    if (status !== 200) {
      throw new Error(`${url} responds with ${status}`);
    }
  }

  /** @returns the response, whatever its status. */
  send(
    url: string | URL,
    options: { method?: string; contentType?: string; body?: string } = {},
  ): Promise<{ status: number; body: string }> {
    const { method = 'GET', contentType, body: content } = options;
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          method,
          ca: this.#authority,
          agent: this.#agent,
          // Instead of waiting for ever.
          timeout: 30_000,
          headers: {
            authorization: `Bearer ${this.#token}`,
            ...(contentType && { 'content-type': contentType }),
          },
        },
        response => {
          let body = '';
          response.setEncoding('utf8');
          response.on('data', chunk => (body += chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 500,
              body,
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.on('timeout', () => sent.destroy(new Error('No answer')));
      sent.end(content);
    });
  }
}
