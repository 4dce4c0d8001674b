import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { z } from 'zod';

const TIMEOUT_MILLISECONDS = 10_000;

interface GiteaRequestOptions {
  method?: 'GET' | 'POST';
  body?: unknown;
  /** The message when Gitea answers 409. */
  conflict?: string;
}

/** Requests below one repository of Gitea's REST API. Errors are for people and name no host. */
export class GiteaClient {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  static create(options: {
    url: string;
    headers: Record<string, string>;
  }): GiteaClient {
    return new GiteaClient(options.url, options.headers);
  }

  private constructor(url: string, headers: Record<string, string>) {
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
        options.conflict ?? 'The forge says that this exists already.',
      );
    }
    if (status === 401 || status === 403) {
      throw new ServiceUnavailableError(
        'The forge refuses the account of the portal. Ask the platform team to check `integrations` and what the account may do.',
      );
    }
    if (status === 404) {
      throw new NotFoundError(
        'The forge does not have this repository or branch, or hides it from the portal. Ask the platform team to check `mlPlatform.repository`.',
      );
    }
    const parsed = schema.safeParse(body);
    if (status >= 300 || !parsed.success) {
      throw new ServiceUnavailableError(
        `The forge answered in an unexpected way (HTTP ${status}). Try again in a minute; if it stays, tell the platform team.`,
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
        // The credentials are for this host only.
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      });
      const text = await response.text();
      return { status: response.status, body: parseJson(text) };
    } catch {
      // What fetch says names the host.
      throw new ServiceUnavailableError(
        'The forge cannot be reached. Nothing was changed there; try again in a minute.',
      );
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
