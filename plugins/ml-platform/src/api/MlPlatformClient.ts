import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { ForwardedError, ResponseError } from '@backstage/errors';
import {
  AS_OF_HEADER,
  changeRequestDetailSchema,
  changeRequestsSchema,
  dashboardsSchema,
  findingsSchema,
  imageDifferenceSchema,
  nameAvailabilitySchema,
  objectEventsSchema,
  platformInfoSchema,
  podLogsSchema,
  previewSchema,
  syncHistorySchema,
  workloadAnswersSchema,
  workloadSummarySchema,
  type ChangeRequestDetail,
  type ChangeRequests,
  type ChangeRequestsQuery,
  type Dashboards,
  type Findings,
  type FindingsQuery,
  type ImageDifference,
  type ImageDifferenceQuery,
  type NameAvailability,
  type ObjectEvents,
  type PlatformInfo,
  type PodLogs,
  type Preview,
  type PreviewRequest,
  type SyncHistory,
  type SyncHistoryQuery,
  type WorkloadAnswers,
  type WorkloadSummary,
} from '@internal/plugin-ml-platform-common';
import type { z } from 'zod';

/** A workload's team and name in the platform repository. */
export interface WorkloadTarget {
  team: string;
  workload: string;
}

/** Selects a container's log; the pod's newest container when `container` is absent. */
export interface PodLogsRequest {
  cluster: string;
  namespace: string;
  pod: string;
  container?: string;
  previous?: boolean;
  tailLines?: number;
}

/**
 * Client of the ml-platform backend, acting as the signed-in user.
 * Every method throws a `ResponseError` when the backend responds with an error.
 */
export class MlPlatformClient {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;
  /** Pending reads by URL: cards that read the same thing at the same time share one response. */
  readonly #reads = new Map<string, Promise<unknown>>();

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
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

  /** Gets the templates and values that the environments of a workload were made from. */
  async getAnswers(target: WorkloadTarget): Promise<WorkloadAnswers> {
    return this.#read(
      workloadAnswersSchema,
      path`/teams/${target.team}/workloads/${target.workload}/answers`,
    );
  }

  async getDeployments(
    target: WorkloadTarget,
    query: SyncHistoryQuery,
  ): Promise<SyncHistory> {
    return this.#read(
      syncHistorySchema,
      path`/teams/${target.team}/workloads/${target.workload}/deployments`,
      { ...query },
    );
  }

  async getChangeRequests(query: ChangeRequestsQuery): Promise<ChangeRequests> {
    return this.#read(changeRequestsSchema, path`/change-requests`, {
      ...query,
    });
  }

  /** Compares the findings of two running images. */
  async getImageDifference(
    query: ImageDifferenceQuery,
  ): Promise<ImageDifference> {
    return this.#read(imageDifferenceSchema, path`/images/difference`, {
      ...query,
    });
  }

  async getChangeRequest(number: string): Promise<ChangeRequestDetail> {
    return this.#read(
      changeRequestDetailSchema,
      path`/change-requests/${number}`,
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
   * Streams the last lines of a log and everything written afterwards to `onText`, until the container ends or the user
   * loses access.
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
    const body = await this.#send(path`/preview`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    });
    return parse(previewSchema, body);
  }

  async #read<T>(
    schema: z.ZodType<T>,
    route: string,
    query: Record<string, unknown> = {},
  ): Promise<T> {
    const url = withQuery(route, query);
    let pending = this.#reads.get(url);
    if (!pending) {
      pending = this.#send(url).finally(() => this.#reads.delete(url));
      this.#reads.set(url, pending);
    }
    return parse(schema, await pending);
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

/** Appends the query parameters that have a value. */
function withQuery(route: string, query: Record<string, unknown>): string {
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

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
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
function path(texts: TemplateStringsArray, ...values: string[]): string {
  return texts.reduce(
    (whole, text, index) =>
      `${whole}${encodeURIComponent(values[index - 1])}${text}`,
  );
}
