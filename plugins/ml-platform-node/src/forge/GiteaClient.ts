import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { z } from 'zod';
import { parseJson } from '../json/parseJson';

const TIMEOUT_MILLISECONDS = 10_000;

interface GiteaRequestOptions {
  method?: 'GET' | 'PATCH' | 'POST';
  body?: unknown;
  /** Message for the status 409. */
  conflict?: string;
}

export interface GiteaClientOptions {
  /** Address of the repository in the API. */
  url: string;
  headers: Record<string, string>;
}

/** Client of Gitea's REST API for one repository. Its errors are written for people and contain no host names. */
export class GiteaClient {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor({ url, headers }: GiteaClientOptions) {
    this.#url = url;
    this.#headers = headers;
  }

  async request<T>(
    schema: z.ZodType<T>,
    path: string,
    options: GiteaRequestOptions = {},
  ): Promise<T> {
    const { status, body } = await this.#send(path, options);
    if (status === 409) {
      throw new ConflictError(
        options.conflict ?? 'This already exists on the forge.',
      );
    }
    if (status === 401 || status === 403) {
      throw new ServiceUnavailableError(
        'The forge refuses the account of the portal. Ask the platform team to check `integrations` and the permissions of the account.',
      );
    }
    if (status === 404) {
      throw new NotFoundError(
        'The forge does not have this repository or branch, or the portal may not see it. Ask the platform team to check `mlPlatform.repository`.',
      );
    }
    const parsed = schema.safeParse(body);
    if (status >= 300 || !parsed.success) {
      throw new ServiceUnavailableError(
        `The forge sent an unexpected response (HTTP ${status}). Try again in a minute. If it fails again, contact the platform team.`,
      );
    }
    return parsed.data;
  }

  async #send(
    path: string,
    { method = 'GET', body }: GiteaRequestOptions,
  ): Promise<{ status: number; body: unknown }> {
    try {
      const response = await fetch(`${this.#url}${path}`, {
        method,
        headers: {
          ...this.#headers,
          Accept: 'application/json',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        // A redirect would send the credentials to another host.
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      });
      const text = await response.text();
      return { status: response.status, body: parseJson(text) };
    } catch {
      // Messages of fetch contain the host name.
      throw new ServiceUnavailableError(
        'The forge cannot be reached. Nothing was changed; try again in a minute.',
      );
    }
  }
}
