import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { parseJson } from '../../json/parseJson';
import { rateLimitWait } from './rateLimit';
import type { WriteLimit } from './WriteLimit';

const TIMEOUT_MS = 10_000;
/** Longest `Retry-After` that a request waits for, instead of failing. */
const MAX_PATIENCE_MS = 10_000;
/** Limit of the pages that are read of a list. */
const MAX_PAGES = 20;
/** Characters of the responses that are kept for conditional requests, in all and of one: people decide how long they are. */
const VALIDATED = {
  maxSize: 32 * 1024 * 1024,
  maxEntrySize: 8 * 1024 * 1024,
};

interface ForgeRequestOptions {
  method?: 'GET' | 'PATCH' | 'POST' | 'PUT';
  body?: unknown;
  /** Message when what is created exists already. */
  conflict?: string;
}

interface ForgeResponse {
  status: number;
  body: unknown;
}

export interface ForgeClientOptions {
  /** Address of the repository in the API. */
  url: string;
  /** Headers with the credentials, asked for before each request since tokens expire. */
  headers: () => Promise<Record<string, string>>;
  /** Query parameter that sets the size of a page. */
  pageSizeParameter: 'limit' | 'per_page';
  /** Recognises the response to a request for something that exists already. Default: the status 409. */
  isConflict?: (response: ForgeResponse) => boolean;
  /** Default: no limit. */
  writeLimit?: WriteLimit;
}

/** Client of a forge's REST API for one repository. Its errors are written for people and contain no host names. */
export class ForgeClient {
  readonly #options: ForgeClientOptions;
  /** Last responses by path, with their `ETag`: GitHub does not count a request that is answered with 304. */
  readonly #validated = new LRUCache<
    string,
    { etag: string; body: unknown; size: number }
  >({
    ...VALIDATED,
    sizeCalculation: ({ size }, path) => size + path.length,
  });
  /** Time until which the forge takes no requests. */
  #limitedUntil = 0;

  constructor(options: ForgeClientOptions) {
    this.#options = options;
  }

  async request<T>(
    schema: z.ZodType<T>,
    path: string,
    options: ForgeRequestOptions = {},
  ): Promise<T> {
    const { isConflict = ({ status: code }) => code === 409, writeLimit } =
      this.#options;
    const send = () => this.#sendPatiently(path, options);
    const isRead = (options.method ?? 'GET') === 'GET';
    const response = await (isRead || !writeLimit
      ? send()
      : writeLimit.run(send));
    const { status, body } = response;
    if (isConflict(response)) {
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

  /** The items of a list, page by page, as far as the caller reads. */
  async *list<T>(
    itemSchema: z.ZodType<T>,
    path: string,
    { pageSize, maxPages = MAX_PAGES }: { pageSize: number; maxPages?: number },
  ): AsyncGenerator<T> {
    const separator = path.includes('?') ? '&' : '?';
    const { pageSizeParameter } = this.#options;
    for (let page = 1; page <= maxPages; page += 1) {
      const items = await this.request(
        z.array(itemSchema),
        `${path}${separator}${pageSizeParameter}=${pageSize}&page=${page}`,
      );
      yield* items;
      if (items.length < pageSize) {
        return;
      }
    }
  }

  /** Sends a request, and once more after a short time when the forge asks for that. */
  async #sendPatiently(
    path: string,
    options: ForgeRequestOptions,
  ): Promise<ForgeResponse> {
    this.#requireUnlimited();
    const first = await this.#send(path, options);
    if (first.wait === undefined) {
      return first;
    }
    if (first.wait <= MAX_PATIENCE_MS) {
      await sleep(first.wait);
      const second = await this.#send(path, options);
      if (second.wait === undefined) {
        return second;
      }
      this.#limitedUntil = Date.now() + second.wait;
    } else {
      this.#limitedUntil = Date.now() + first.wait;
    }
    this.#requireUnlimited();
    // The wait is over already.
    throw limited(0);
  }

  #requireUnlimited(): void {
    const wait = this.#limitedUntil - Date.now();
    if (wait > 0) {
      throw limited(wait);
    }
  }

  async #send(
    path: string,
    { method = 'GET', body }: ForgeRequestOptions,
  ): Promise<ForgeResponse & { wait?: number }> {
    const { url, headers } = this.#options;
    const isRead = method === 'GET';
    const known = isRead ? this.#validated.get(path) : undefined;
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          Accept: 'application/json',
          ...(await headers()),
          ...(known && { 'If-None-Match': known.etag }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        // A redirect would send the credentials to another host.
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const { status } = response;
      const text = await response.text();
      if (status === 304 && known) {
        return { status: 200, body: known.body };
      }
      const parsed = parseJson(text);
      const etag = response.headers.get('etag');
      if (isRead && status === 200 && etag) {
        this.#validated.set(path, { etag, body: parsed, size: text.length });
      }
      return {
        status,
        body: parsed,
        wait: rateLimitWait(response, Date.now()),
      };
    } catch {
      // Messages of fetch contain the host name.
      throw new ServiceUnavailableError(
        isRead
          ? 'The forge cannot be reached. Nothing was changed; try again in a minute.'
          : 'The forge did not answer. Try again in a minute; if it made the change after all, the portal finds it.',
      );
    }
  }
}

function limited(wait: number): ServiceUnavailableError {
  const minutes = Math.max(1, Math.ceil(wait / 60_000));
  return new ServiceUnavailableError(
    `The forge takes no more requests of the portal for now. Nothing was changed; try again in ${minutes} ${
      minutes === 1 ? 'minute' : 'minutes'
    }.`,
  );
}
