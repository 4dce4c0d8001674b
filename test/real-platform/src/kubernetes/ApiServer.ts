import { request } from 'node:https';

/** Requests to a cluster's servers, which are faster than kubectl. */
export class ApiServer {
  readonly #authority: string;
  readonly #token: string;

  /** @param options.authority - certificate as PEM */
  constructor(options: { authority: string; token: string }) {
    this.#authority = options.authority;
    this.#token = options.token;
  }

  /** Throws unless the URL responds with success. */
  expectSuccess(url: string): Promise<void> {
    return new Promise((resolve, reject) => {
      request(
        url,
        {
          ca: this.#authority,
          headers: { authorization: `Bearer ${this.#token}` },
          timeout: 30_000,
        },
        response => {
          response.resume();
          if (response.statusCode === 200) {
            resolve();
          } else {
            reject(new Error(`${url} responds with ${response.statusCode}`));
          }
        },
      )
        .on('error', reject)
        .end();
    });
  }
}
