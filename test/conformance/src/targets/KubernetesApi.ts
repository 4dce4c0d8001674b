import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { poll } from '../poll';
import type { KubernetesObject } from './KubernetesObject';
import { Watch } from './Watch';

/** Who asks: the portal's own identity, somebody without a token, or with one that nobody has. */
export type KubernetesUser = 'portal' | 'nobody' | 'stranger';

export interface Answer<T = unknown> {
  status: number;
  contentType: string;
  text: string;
  /** The parsed body; the text itself when it is not JSON. */
  body: T;
}

export interface ListBody {
  kind: string;
  apiVersion: string;
  metadata: {
    resourceVersion: string;
    continue?: string;
    remainingItemCount?: number;
  };
  items: KubernetesObject[];
}

type Query = Record<string, string>;

/** The Kubernetes API of a target, read as the portal reads it. */
export class KubernetesApi {
  readonly #url: string;
  readonly #token: string;
  readonly #authority: string | undefined;

  /** @param options - `token` is the portal's, `authority` the certificate of a server with TLS, as PEM. */
  static create(options: {
    url: string;
    token: string;
    authority?: string;
  }): KubernetesApi {
    return new KubernetesApi(options.url, options.token, options.authority);
  }

  private constructor(
    url: string,
    token: string,
    authority: string | undefined,
  ) {
    this.#url = url;
    this.#token = token;
    this.#authority = authority;
  }

  async get<T = unknown>(
    path: string,
    options: { query?: Query; user?: KubernetesUser; accept?: string } = {},
  ): Promise<Answer<T>> {
    const response = await this.#request(path, options);
    const chunks: Buffer[] = [];
    for await (const chunk of response) {
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString();
    return {
      status: response.statusCode ?? 0,
      contentType: response.headers['content-type'] ?? '',
      text,
      body: parse(text) as T,
    };
  }

  list(path: string, query: Query = {}): Promise<Answer<ListBody>> {
    return this.get<ListBody>(path, { query });
  }

  /** The object, once it is there and as it should be. */
  async settled(
    path: string,
    isSettled: (object: KubernetesObject) => boolean = () => true,
    seconds = 90,
  ): Promise<KubernetesObject> {
    return poll(path, seconds, async () => {
      const { status, body } = await this.get<KubernetesObject>(path);
      return status === 200 && isSettled(body) ? body : undefined;
    });
  }

  /** The objects of a list, once they are as they should be. */
  async settledList(
    path: string,
    query: Query,
    isSettled: (items: KubernetesObject[]) => boolean,
    seconds = 90,
  ): Promise<KubernetesObject[]> {
    return poll(path, seconds, async () => {
      const { body } = await this.list(path, query);
      return isSettled(body.items) ? body.items : undefined;
    });
  }

  /** Opens a watch; an answer that is not 200 becomes its `refusal`. */
  async watch(path: string, query: Query): Promise<Watch> {
    const response = await this.#request(path, {
      query: { watch: 'true', ...query },
    });
    return Watch.on(response);
  }

  #request(
    path: string,
    options: { query?: Query; user?: KubernetesUser; accept?: string },
  ): Promise<IncomingMessage> {
    const {
      query = {},
      user = 'portal',
      accept = 'application/json',
    } = options;
    const tokens = { portal: this.#token, stranger: 'not-a-token' };
    const url = new URL(path, this.#url);
    url.search = new URLSearchParams(query).toString();
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      send(url, {
        ca: this.#authority,
        headers: {
          accept,
          ...(user !== 'nobody' && { authorization: `Bearer ${tokens[user]}` }),
        },
      })
        .on('response', resolve)
        .on('error', reject)
        .end();
    });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
