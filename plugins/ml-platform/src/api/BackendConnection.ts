import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { ForwardedError, ResponseError } from '@backstage/errors';
import { AS_OF_HEADER } from '@internal/plugin-ml-platform-common';
import type { z } from 'zod';

/** HTTP requests to the ml-platform backend as the signed-in user. Every method throws a `ResponseError` for an error. */
export class BackendConnection {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async json(url: string, init?: RequestInit): Promise<unknown> {
    const response = await this.#fetch(url, init);
    return withAge(await response.json(), response.headers.get(AS_OF_HEADER));
  }

  /** Passes a response on as it arrives, until it ends. @throws AbortError after the signal. */
  async stream(
    url: string,
    options: { signal: AbortSignal; onText: (text: string) => void },
  ): Promise<void> {
    const response = await this.#fetch(url, { signal: options.signal });
    const decoder = new TextDecoder();
    const reader = response.body?.getReader();
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) {
        return;
      }
      options.onText(decoder.decode(value, { stream: true }));
    }
  }

  /** @param url - with the leading slash, below the backend's base URL. */
  async #fetch(url: string, init?: RequestInit): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('ml-platform');
    const response = await this.#fetchApi.fetch(`${baseUrl}${url}`, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

/** Appends the query parameters that have a value. */
export function withQuery(
  route: string,
  query: Record<string, unknown>,
): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      parameters.set(name, String(value));
    }
  }
  return parameters.size > 0 ? `${route}?${parameters}` : route;
}

/** Applies the age from the header: a body revalidated by ETag (304) still carries the age of its first response. */
function withAge(body: unknown, asOf: string | null): unknown {
  const { freshness } = (body ?? {}) as { freshness?: object };
  return asOf && freshness
    ? { ...(body as object), freshness: { ...freshness, asOf } }
    : body;
}

export function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (!result.success) {
    throw new ForwardedError(
      'The portal sent a response that this page does not understand. Reload the page; if the problem persists, contact the platform team',
      result.error,
    );
  }
  return result.data;
}

/** Template tag for paths; encodes every value, since names are user input. */
export function path(texts: TemplateStringsArray, ...values: string[]): string {
  return texts.reduce(
    (whole, text, index) =>
      `${whole}${encodeURIComponent(values[index - 1])}${text}`,
  );
}
