import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { ForwardedError, ResponseError } from '@backstage/errors';
import {
  AS_OF_HEADER,
  dashboardsSchema,
  findingsSchema,
  nameAvailabilitySchema,
  objectEventsSchema,
  platformInfoSchema,
  podLogsSchema,
  previewSchema,
  workloadSummarySchema,
  type Dashboards,
  type Findings,
  type FindingsQuery,
  type NameAvailability,
  type ObjectEvents,
  type PlatformInfo,
  type PodLogs,
  type Preview,
  type PreviewRequest,
  type WorkloadSummary,
} from '@internal/plugin-ml-platform-common';
import type { z } from 'zod';

/** A workload, named as the platform repository names it. */
export interface WorkloadTarget {
  team: string;
  workload: string;
}

/** A container's log. The newest container of the pod when none is named. */
export interface PodLogsRequest {
  cluster: string;
  namespace: string;
  pod: string;
  container?: string;
  previous?: boolean;
  tailLines?: number;
}

/**
 * The ML platform's backend, as the signed-in person.
 * Every method throws a `ResponseError` when the backend refuses or fails.
 */
export class MlPlatformClient {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;
  /** Cards on one page ask for the same thing at the same time: they share the answer. */
  readonly #reads = new Map<string, Promise<unknown>>();

  static create(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    return new MlPlatformClient(options);
  }

  private constructor(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async getPlatform(): Promise<PlatformInfo> {
    return this.#read(platformInfoSchema, path`/platform`);
  }

  async getWorkload(target: WorkloadTarget): Promise<WorkloadSummary> {
    return this.#read(
      workloadSummarySchema,
      path`/teams/${target.team}/workloads/${target.workload}`,
    );
  }

  async getFindings(
    target: WorkloadTarget,
    query: FindingsQuery,
  ): Promise<Findings> {
    return this.#read(
      findingsSchema,
      path`/teams/${target.team}/workloads/${target.workload}/findings`,
      { ...query },
    );
  }

  async getDashboards(tag: string): Promise<Dashboards> {
    return this.#read(dashboardsSchema, path`/dashboards`, { tag });
  }

  async getNameAvailability(options: {
    team: string;
    name: string;
  }): Promise<NameAvailability> {
    return this.#read(
      nameAvailabilitySchema,
      path`/teams/${options.team}/names/${options.name}`,
    );
  }

  async getPodLogs(request: PodLogsRequest): Promise<PodLogs> {
    const { cluster, namespace, pod, ...query } = request;
    return this.#read(
      podLogsSchema,
      path`/clusters/${cluster}/namespaces/${namespace}/pods/${pod}/logs`,
      query,
    );
  }

  /**
   * Calls `onText` with the last lines of a log and with what is written from then on, until the container ends. The
   * portal ends it, too, when the reader may no longer read it.
   *
   * @throws ResponseError, or AbortError after the signal.
   */
  async followPodLogs(
    request: Omit<PodLogsRequest, 'previous'>,
    options: { signal: AbortSignal; onText: (text: string) => void },
  ): Promise<void> {
    const { cluster, namespace, pod, ...query } = request;
    const response = await this.#fetch(
      withQuery(
        path`/clusters/${cluster}/namespaces/${namespace}/pods/${pod}/logs/follow`,
        query,
      ),
      { signal: options.signal },
    );
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

  async getObjectEvents(options: {
    cluster: string;
    namespace: string;
    name: string;
  }): Promise<ObjectEvents> {
    return this.#read(
      objectEventsSchema,
      path`/clusters/${options.cluster}/namespaces/${options.namespace}/events`,
      { name: options.name },
    );
  }

  async preview(request: PreviewRequest): Promise<Preview> {
    const answer = await this.#send(path`/preview`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    });
    return parse(previewSchema, answer);
  }

  async #read<T>(
    schema: z.ZodType<T>,
    route: string,
    query: Record<string, unknown> = {},
  ): Promise<T> {
    const url = withQuery(route, query);
    let answer = this.#reads.get(url);
    if (!answer) {
      answer = this.#send(url).finally(() => this.#reads.delete(url));
      this.#reads.set(url, answer);
    }
    return parse(schema, await answer);
  }

  async #send(url: string, init?: RequestInit): Promise<unknown> {
    const response = await this.#fetch(url, init);
    return withAge(await response.json(), response.headers.get(AS_OF_HEADER));
  }

  async #fetch(url: string, init?: RequestInit): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('ml-platform');
    const response = await this.#fetchApi.fetch(`${baseUrl}${url}`, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

/** Parameters without a value are left out. */
function withQuery(route: string, query: Record<string, unknown>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      parameters.set(name, String(value));
    }
  }
  return parameters.size > 0 ? `${route}?${parameters}` : route;
}

/** An answer that the browser kept, because it did not change, has the age that it was kept with. */
function withAge(answer: unknown, asOf: string | null): unknown {
  const { freshness } = (answer ?? {}) as { freshness?: object };
  return asOf && freshness
    ? { ...(answer as object), freshness: { ...freshness, asOf } }
    : answer;
}

function parse<T>(schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (!result.success) {
    throw new ForwardedError(
      'The portal answered in a form that this page does not know. Reload the page; if it stays, tell the platform team',
      result.error,
    );
  }
  return result.data;
}

/** A path whose values are encoded: they are names that people chose. */
function path(texts: TemplateStringsArray, ...values: string[]): string {
  return texts.reduce(
    (whole, text, index) =>
      `${whole}${encodeURIComponent(values[index - 1])}${text}`,
  );
}
