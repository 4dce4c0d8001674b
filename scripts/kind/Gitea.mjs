import { Problem } from '../setup/problem.mjs';

/** Gitea's REST API with a user's password or token. */
export class Gitea {
  #url;
  #authorization;

  constructor({ url, username, password, token }) {
    this.#url = url;
    this.#authorization = token
      ? `token ${token}`
      : `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }

  async exists(path) {
    const response = await this.#send('GET', path);
    if (!response.ok && response.status !== 404) {
      throw await problem('GET', path, response);
    }
    return response.ok;
  }

  /** @throws Problem with Gitea's message, if the request fails */
  async request(method, path, body) {
    const response = await this.#send(method, path, body);
    if (!response.ok) {
      throw await problem(method, path, response);
    }
    const text = await response.text();
    return text ? JSON.parse(text) : undefined;
  }

  #send(method, path, body) {
    return fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: {
        authorization: this.#authorization,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
  }
}

async function problem(method, path, response) {
  return new Problem(
    `Gitea: ${method} ${path}: ${response.status} ${await response.text()}`,
  );
}
