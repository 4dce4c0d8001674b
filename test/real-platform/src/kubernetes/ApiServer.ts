import { request } from 'node:https';

/** Reads addresses of a cluster's servers, without the cost of a kubectl for each try. */
export class ApiServer {
  readonly #authority: string;
  readonly #token: string;

  /** @param options - `authority` is a certificate, as PEM. */
  static create(options: { authority: string; token: string }): ApiServer {
    return new ApiServer(options.authority, options.token);
  }

  private constructor(authority: string, token: string) {
    this.#authority = authority;
    this.#token = token;
  }

  /** Throws unless the address answers with success. */
  expectAnswer(url: string): Promise<void> {
    return new Promise((resolve, reject) => {
      request(
        url,
        {
          ca: this.#authority,
          headers: { authorization: `Bearer ${this.#token}` },
          timeout: 5000,
        },
        response => {
          response.resume();
          if (response.statusCode === 200) {
            resolve();
          } else {
            reject(new Error(`${url} answers ${response.statusCode}`));
          }
        },
      )
        .on('error', reject)
        .end();
    });
  }
}
