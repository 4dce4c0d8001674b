/** Argo CD's REST API as one account. */
export class ArgocdClient {
  readonly #url: string;
  readonly #token: string | undefined;

  constructor(options: { url: string; token?: string }) {
    this.#url = options.url;
    this.#token = options.token;
  }

  /** @returns a session token */
  async signIn(username: string, password: string): Promise<string> {
    return this.#post('/session', { username, password });
  }

  /** @returns a token of an account that does not expire */
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
        // Argo CD rejects POST requests without a content type.
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
    const session: { token: string } = await response.json();
    return session.token;
  }
}
