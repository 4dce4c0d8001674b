/** The portal's account, the one that may merge, one that only reads, nobody, and a token that is nobody's. */
export type ForgeUser =
  | 'portal-bot'
  | 'platform-engineer'
  | 'argocd'
  | 'nobody'
  | 'stranger';

export interface ForgeAnswer<T = unknown> {
  status: number;
  headers: Headers;
  text: string;
  body: T;
}

type Tokens = Record<Exclude<ForgeUser, 'nobody' | 'stranger'>, string>;

/** Gitea's REST API of a target; paths are those of its repository. */
export class ForgeApi {
  readonly url: string;
  readonly repositoryUrl: string;
  readonly #tokens: Tokens;

  static create(options: {
    url: string;
    repositoryUrl: string;
    tokens: Tokens;
  }): ForgeApi {
    return new ForgeApi(options.url, options.repositoryUrl, options.tokens);
  }

  private constructor(url: string, repositoryUrl: string, tokens: Tokens) {
    this.url = url;
    this.repositoryUrl = repositoryUrl;
    this.#tokens = tokens;
  }

  /** The value of an Authorization header. */
  authorization(user: ForgeUser): string | undefined {
    if (user === 'nobody') {
      return undefined;
    }
    return `token ${user === 'stranger' ? 'not-a-token' : this.#tokens[user]}`;
  }

  async request<T = unknown>(
    user: ForgeUser,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<ForgeAnswer<T>> {
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
