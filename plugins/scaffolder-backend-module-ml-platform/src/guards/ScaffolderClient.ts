import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';

/** The scaffolder's own API, as the scaffolder. */
export class ScaffolderClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  async send(path: string, body?: object): Promise<Response> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'scaffolder',
    });
    return fetch(`${await this.#discovery.getBaseUrl('scaffolder')}${path}`, {
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body && { 'Content-Type': 'application/json' }),
      },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
  }
}
