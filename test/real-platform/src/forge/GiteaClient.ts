/** Gitea's REST API as one user. */
export class GiteaClient {
  readonly #url: string;
  readonly #token: string;

  /** @param options - `url` is Gitea's root address. */
  static create(options: { url: string; token: string }): GiteaClient {
    return new GiteaClient(options.url, options.token);
  }

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** @throws an error with Gitea's own words, when it does not answer with success. */
  async request(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `token ${this.#token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`Gitea: ${method} ${path}: ${response.status} ${text}`);
    }
    return text ? JSON.parse(text) : undefined;
  }
}
