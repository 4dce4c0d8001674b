/** Argo CD's REST API as one account. */
export class ArgocdClient {
  readonly #url: string;
  readonly #token: string | undefined;

  static create(options: { url: string; token?: string }): ArgocdClient {
    return new ArgocdClient(options.url, options.token);
  }

  private constructor(url: string, token: string | undefined) {
    this.#url = url;
    this.#token = token;
  }

  /** @returns a token of the account that the password belongs to. */
  async signIn(username: string, password: string): Promise<string> {
    return this.#post('/session', { username, password });
  }

  /** @returns a token, that does not expire, of an account. */
  async createToken(account: string): Promise<string> {
    return this.#post(`/account/${account}/token`, {
      name: account,
      expiresIn: 0,
    });
  }

  async #post(path: string, body: object): Promise<string> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        // Without it every POST is refused.
        'content-type': 'application/json',
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(
        `Argo CD: POST ${path}: ${response.status} ${await response.text()}`,
      );
    }
    const answer: { token: string } = await response.json();
    return answer.token;
  }
}
