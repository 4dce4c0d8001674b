import { readFile } from 'node:fs/promises';
import https from 'node:https';

interface Metadata {
  name: string;
  namespace?: string;
  resourceVersion?: string;
}

/** The API server of the real platform, as its administrator. */
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
  readonly #authority: Buffer;
  readonly #token: string;

  private constructor(url: string, authority: Buffer, token: string) {
    this.#url = url;
    this.#authority = authority;
    this.#token = token;
  }

  /** Lists a path, as sorted `namespace/name@version`. */
  async versions(path: string): Promise<string[]> {
    const { items } = (await this.send('GET', path)) as {
      items: Array<{ metadata: Metadata }>;
    };
    return items.map(({ metadata }) => versionOf(metadata)).sort();
  }

  /** @throws for statuses other than success, 404 and 409, which races with controllers cause */
  send(method: string, path: string, body?: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const request = https.request(
        `${this.#url}${path}`,
        {
          method,
          ca: this.#authority,
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

export function versionOf(metadata: Metadata): string {
  const { namespace = '', name, resourceVersion } = metadata;
  return `${namespace}/${name}@${resourceVersion}`;
}
