import type { ApiServer } from '@internal/real-platform';
import { isFields } from '../objects/isFields';
import type { KubernetesObject } from '../objects/parseObjects';
import type { Mistake } from './mistakes';

/** A new one in each run, because the objects of the last one may still be there. */
const NAMESPACE = `mistakes-${Date.now()}`;

interface Answer {
  status: number;
  message: string;
  body: { message?: string; gitVersion?: string };
}

/** Asks a real API server about the objects of the corpus, by dry runs with strict validation. */
export class MistakesServer {
  readonly #server: ApiServer;
  readonly #url: string;
  readonly #existing = new Map<string, string>();

  /** @param url - address of the API server. */
  static async create(api: ApiServer, url: string): Promise<MistakesServer> {
    const server = new MistakesServer(api, url);
    await server.#send('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE },
    });
    // Pods need it, and a controller would create it at some time.
    await server.#send(
      'POST',
      `/api/v1/namespaces/${NAMESPACE}/serviceaccounts`,
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default' },
      },
    );
    return server;
  }

  private constructor(api: ApiServer, url: string) {
    this.#server = api;
    this.#url = url;
  }

  /** Version of the API server, for example `v1.36.3`. */
  async version(): Promise<string> {
    return (await this.#send('GET', '/version')).body.gitVersion ?? '';
  }

  /** Words of the refusal, without what differs in every run; null if the API server accepts the object. */
  async verdictOf({ existing, object }: Mistake): Promise<string | null> {
    const query = 'dryRun=All&fieldValidation=Strict';
    const path = pathOf(object);
    const { status, message } = existing
      ? await this.#send(
          'PATCH',
          `${path}/${await this.#create(existing)}?${query}`,
          mergePatchOf(existing, object),
        )
      : await this.#send('POST', `${path}?${query}`, object);
    if (status < 300) {
      return null;
    }
    if (status === 429 || status >= 500) {
      throw new Error(message);
    }
    return comparable(message, object.metadata.name);
  }

  /** Creates an object once, under a name of its own. */
  async #create(object: KubernetesObject): Promise<string> {
    const key = JSON.stringify(object);
    const known = this.#existing.get(key);
    if (known) {
      return known;
    }
    const name = `${object.metadata.name}-${this.#existing.size + 1}`;
    const { status, message } = await this.#send('POST', pathOf(object), {
      ...object,
      metadata: { ...object.metadata, name },
    });
    if (status !== 201) {
      throw new Error(`The existing object is refused: ${message}`);
    }
    this.#existing.set(key, name);
    return name;
  }

  async #send(
    method: string,
    path: string,
    content?: unknown,
  ): Promise<Answer> {
    const { status, body: text } = await this.#server.send(
      new URL(path, this.#url),
      {
        method,
        contentType:
          method === 'PATCH'
            ? 'application/merge-patch+json'
            : 'application/json',
        body: content === undefined ? undefined : JSON.stringify(content),
      },
    );
    const body = text.startsWith('{') ? JSON.parse(text) : {};
    return { status, message: body.message ?? text.trim(), body };
  }
}

/** Leaves out what differs in every run, and values that are printed in the notation of Go. */
function comparable(message: string, name: string): string {
  return message
    .replace(/^(\S+) "scorer-\d+"/, `$1 ${JSON.stringify(name)}`)
    .replace(/\n@@[^]*?(?=, volumeMode: |\]?$)/, '')
    .replace(
      /Invalid value: \{"(?:Capabilities|Rules|MinAvailable|labels|Volumes|matchLabels":\{[^}]*controller-uid)".*?\}: (?=cannot|requires|minAvailable|field is|`selector`)/g,
      'Invalid value: …: ',
    );
}

function pathOf({ apiVersion, kind }: KubernetesObject): string {
  const root = apiVersion.includes('/') ? '/apis' : '/api';
  const name = kind.toLowerCase();
  const plural = name.replace(/(y?)$/, (_, y) => {
    if (y) {
      return 'ies';
    }
    return name.endsWith('s') ? 'es' : 's';
  });
  return `${root}/${apiVersion}/namespaces/${NAMESPACE}/${plural}`;
}

/** JSON merge patch from one value to another. */
function mergePatchOf(before: object, after: object): object {
  const from: Record<string, unknown> = { ...before };
  const to: Record<string, unknown> = { ...after };
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [one, other] = [from[key], to[key]];
    if (isFields(one) && isFields(other)) {
      patch[key] = mergePatchOf(one, other);
    } else if (JSON.stringify(one) !== JSON.stringify(other)) {
      patch[key] = other ?? null;
    }
  }
  return patch;
}
