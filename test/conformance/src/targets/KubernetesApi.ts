import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { waitUntil } from '@internal/real-platform';
import type { KubernetesObject } from './KubernetesObject';
import { Watch } from './Watch';

/** The portal's identity, no token, or an invalid token. */
type KubernetesUser = 'portal' | 'anonymous' | 'invalid-token';

interface KubernetesResponse<T = unknown> {
  status: number;
  contentType: string;
  text: string;
  /** The parsed body, or the text if it is not JSON. */
  body: T;
}

interface ListBody {
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

interface KubernetesApiOptions {
  url: string;
  /** The portal's token. */
  token: string;
  /** Certificate of the server's authority, as PEM. */
  authority?: string;
}

/** The Kubernetes API of a target, with the portal's identity. */
export class KubernetesApi {
  readonly #url: string;
  readonly #token: string;
  readonly #authority: string | undefined;

  constructor({ url, token, authority }: KubernetesApiOptions) {
    this.#url = url;
    this.#token = token;
    this.#authority = authority;
  }

  async get<T = unknown>(
    path: string,
    options: { query?: Query; user?: KubernetesUser; accept?: string } = {},
  ): Promise<KubernetesResponse<T>> {
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

  list(path: string, query: Query = {}): Promise<KubernetesResponse<ListBody>> {
    return this.get<ListBody>(path, { query });
  }

  /** Waits until an object exists and is settled. */
  async settled(
    path: string,
    isSettled: (object: KubernetesObject) => boolean = () => true,
  ): Promise<KubernetesObject> {
    return waitUntil(path, async () => {
      const { status, text, body } = await this.get<KubernetesObject>(path);
      if (status !== 200 || !isSettled(body)) {
        throw new Error(text);
      }
      return body;
    });
  }

  /** Waits until the objects of a list are settled. */
  async settledList(
    path: string,
    query: Query,
    isSettled: (items: KubernetesObject[]) => boolean,
  ): Promise<KubernetesObject[]> {
    return waitUntil(path, async () => {
      const { text, body } = await this.list(path, query);
      if (!isSettled(body.items)) {
        throw new Error(text);
      }
      return body.items;
    });
  }

  /** Opens a watch. */
  async watch(path: string, query: Query): Promise<Watch> {
    const response = await this.#request(path, {
      query: { watch: 'true', ...query },
    });
    return new Watch(response);
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
    const tokens = { portal: this.#token, 'invalid-token': 'not-a-token' };
    const url = new URL(path, this.#url);
    url.search = new URLSearchParams(query).toString();
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      send(url, {
        ca: this.#authority,
        headers: {
          accept,
          ...(user !== 'anonymous' && {
            authorization: `Bearer ${tokens[user]}`,
          }),
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
