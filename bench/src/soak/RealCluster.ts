import { readFile } from 'node:fs/promises';
import https from 'node:https';

interface Metadata {
  name: string;
  namespace?: string;
  resourceVersion?: string;
}

/** Client of the real platform's API server, with administrator permissions. */
export class RealCluster {
  static async create(options: {
    url: string;
    caFile: string;
    adminToken: string;
  }): Promise<RealCluster> {
    return new RealCluster(
      options.url,
      await readFile(options.caFile),
      options.adminToken,
    );
  }

  readonly #url: string;
  readonly #ca: Buffer;
  readonly #token: string;

  private constructor(url: string, ca: Buffer, token: string) {
    this.#url = url;
    this.#ca = ca;
    this.#token = token;
  }

  /** Lists the objects of an API path, as sorted `namespace/name@resourceVersion`. */
  async listVersions(path: string): Promise<string[]> {
    const { items } = (await this.send('GET', path)) as {
      items: Array<{ metadata: Metadata }>;
    };
    return items.map(({ metadata }) => objectVersion(metadata)).sort();
  }

  /**
   * Sends a request, a PATCH as JSON merge patch. Statuses 404 and 409 are not errors: races with controllers cause them.
   *
   * @returns the parsed body
   * @throws for any other status from 300
   */
  send(method: string, path: string, body?: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const request = https.request(
        `${this.#url}${path}`,
        {
          method,
          ca: this.#ca,
          headers: {
            authorization: `Bearer ${this.#token}`,
            'content-type':
              method === 'PATCH'
                ? 'application/merge-patch+json'
                : 'application/json',
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const { statusCode = 0 } = response;
            if (statusCode < 300 || statusCode === 404 || statusCode === 409) {
              resolve(JSON.parse(text));
            } else {
              reject(new Error(`${method} ${path}: ${statusCode} ${text}`));
            }
          });
        },
      );
      request.on('error', reject);
      request.end(body && JSON.stringify(body));
    });
  }
}

/** Formats an object's identity and version as `namespace/name@resourceVersion`. */
export function objectVersion(metadata: Metadata): string {
  const { namespace = '', name, resourceVersion } = metadata;
  return `${namespace}/${name}@${resourceVersion}`;
}
