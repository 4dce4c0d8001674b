/** The accounts of the portal, of a user who can merge, and of a reader; no account; and an invalid token. */
export type ForgeUser =
  | 'portal-bot'
  | 'platform-engineer'
  | 'argocd'
  | 'anonymous'
  | 'invalid-token';

export interface ForgeResponse<T = unknown> {
  status: number;
  headers: Headers;
  text: string;
  body: T;
}

type Tokens = Record<Exclude<ForgeUser, 'anonymous' | 'invalid-token'>, string>;

interface ForgeApiOptions {
  url: string;
  repositoryUrl: string;
  tokens: Tokens;
}

/** Gitea's REST API on a target. */
export class ForgeApi {
  readonly url: string;
  readonly repositoryUrl: string;
  readonly #tokens: Tokens;

  constructor(options: ForgeApiOptions) {
    this.url = options.url;
    this.repositoryUrl = options.repositoryUrl;
    this.#tokens = options.tokens;
  }

  token(user: keyof Tokens): string {
    return this.#tokens[user];
  }

  /** The value of an Authorization header. */
  authorization(user: ForgeUser): string | undefined {
    if (user === 'anonymous') {
      return undefined;
    }
    return `token ${
      user === 'invalid-token' ? 'not-a-token' : this.#tokens[user]
    }`;
  }

  async request<T = unknown>(
    user: ForgeUser,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<ForgeResponse<T>> {
    const authorization = this.authorization(user);
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(authorization && { authorization }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson(text) ? JSON.parse(text) : undefined) as T,
    };
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
