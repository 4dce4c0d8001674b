import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import {
  activeRunsSchema,
  capacitySchema,
  changeRequestDetailSchema,
  changeRequestsSchema,
  configAuditsSchema,
  dashboardsSchema,
  exposedSecretsSchema,
  findingsSchema,
  findingsSummarySchema,
  imagesSchema,
  imageDifferenceSchema,
  nameAvailabilitySchema,
  objectEventsSchema,
  platformInfoSchema,
  podLogsSchema,
  previewSchema,
  syncHistorySchema,
  teamCostSchema,
  teamQuotaSchema,
  teamsCostSchema,
  teamsSchema,
  vulnerabilitiesSchema,
  vulnerabilityDetailSchema,
  workloadAnswersSchema,
  workloadSummarySchema,
  type ActiveRuns,
  type Capacity,
  type ChangeRequestDetail,
  type ChangeRequests,
  type ChangeRequestsQuery,
  type ConfigAudits,
  type ConfigAuditsQuery,
  type Dashboards,
  type ExposedSecrets,
  type ExposedSecretsQuery,
  type Findings,
  type FindingsQuery,
  type FindingsSummary,
  type FindingsSummaryQuery,
  type Images,
  type ImagesQuery,
  type ImageDifference,
  type ImageDifferenceQuery,
  type NameAvailability,
  type ObjectEvents,
  type PlatformInfo,
  type PodLogs,
  type Preview,
  type PreviewRequest,
  type QuotaQuery,
  type SyncHistory,
  type SyncHistoryQuery,
  type TeamCost,
  type TeamCostQuery,
  type TeamQuota,
  type Teams,
  type TeamsCost,
  type TeamsQuery,
  type CostQuery,
  type Vulnerabilities,
  type VulnerabilitiesQuery,
  type VulnerabilityDetail,
  type VulnerabilityPlacesQuery,
  type WorkloadAnswers,
  type WorkloadSummary,
  type WorkloadSummaryQuery,
} from '@internal/plugin-ml-platform-common';
import type { z } from 'zod';
import { BackendConnection, parse, path, withQuery } from './BackendConnection';
import { TeamRequestClient } from './TeamRequestClient';
import type { PodLogsRequest, WorkloadTarget } from './targets';
import { WorkloadTabsClient } from './WorkloadTabsClient';

export type { PodLogsRequest, WorkloadTarget } from './targets';

/**
 * Client of the ml-platform backend, acting as the signed-in user.
 * Every method throws a `ResponseError` when the backend responds with an error.
 */
export class MlPlatformClient {
  /** For the form and the page of a team. */
  readonly teamRequests: TeamRequestClient;
  /** For the catalog's list, and the tabs with the pods and the runs of a workload. */
  readonly workloadTabs: WorkloadTabsClient;
  readonly #connection: BackendConnection;
  /** Pending reads by URL: cards that read the same thing at the same time share one response. */
  readonly #reads = new Map<string, Promise<unknown>>();

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#connection = new BackendConnection(options);
    this.teamRequests = new TeamRequestClient(this.#connection);
    this.workloadTabs = new WorkloadTabsClient(this.#connection);
  }

  async getPlatform(): Promise<PlatformInfo> {
    return this.#read(platformInfoSchema, path`/platform`);
  }

  async getWorkload(
    target: WorkloadTarget,
    query: WorkloadSummaryQuery = {},
  ): Promise<WorkloadSummary> {
    return this.#read(
      workloadSummarySchema,
      path`/teams/${target.team}/workloads/${target.workload}`,
      query,
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
      query,
    );
  }

  async getChangeRequests(query: ChangeRequestsQuery): Promise<ChangeRequests> {
    return this.#read(changeRequestsSchema, path`/change-requests`, query);
  }

  /** Compares the findings of two running images. */
  async getImageDifference(
    query: ImageDifferenceQuery,
  ): Promise<ImageDifference> {
    return this.#read(imageDifferenceSchema, path`/images/difference`, query);
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
      query,
    );
  }

  async getTeams(query: TeamsQuery): Promise<Teams> {
    return this.#read(teamsSchema, path`/teams`, query);
  }

  async getCapacity(): Promise<Capacity> {
    return this.#read(capacitySchema, path`/capacity`);
  }

  async getActiveRuns(): Promise<ActiveRuns> {
    return this.#read(activeRunsSchema, path`/runs`);
  }

  async getCost(query: CostQuery): Promise<TeamsCost> {
    return this.#read(teamsCostSchema, path`/cost`, query);
  }

  async getTeamCost(team: string, query: TeamCostQuery): Promise<TeamCost> {
    return this.#read(teamCostSchema, path`/teams/${team}/cost`, query);
  }

  async getQuota(team: string, query: QuotaQuery): Promise<TeamQuota> {
    return this.#read(teamQuotaSchema, path`/teams/${team}/quota`, query);
  }

  async getVulnerabilities(
    query: VulnerabilitiesQuery,
  ): Promise<Vulnerabilities> {
    return this.#read(vulnerabilitiesSchema, path`/vulnerabilities`, query);
  }

  async getVulnerability(
    id: string,
    query: VulnerabilityPlacesQuery,
  ): Promise<VulnerabilityDetail> {
    return this.#read(
      vulnerabilityDetailSchema,
      path`/vulnerabilities/${id}`,
      query,
    );
  }

  async getImages(query: ImagesQuery): Promise<Images> {
    return this.#read(imagesSchema, path`/images`, query);
  }

  async getFindingsSummary(
    query: FindingsSummaryQuery,
  ): Promise<FindingsSummary> {
    return this.#read(findingsSummarySchema, path`/findings/summary`, query);
  }

  async getConfigAudits(query: ConfigAuditsQuery): Promise<ConfigAudits> {
    return this.#read(configAuditsSchema, path`/config-audits`, query);
  }

  async getExposedSecrets(query: ExposedSecretsQuery): Promise<ExposedSecrets> {
    return this.#read(exposedSecretsSchema, path`/exposed-secrets`, query);
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
    return this.#connection.stream(
      withQuery(
        path`/clusters/${cluster}/namespaces/${namespace}/pods/${pod}/logs/follow`,
        query,
      ),
      options,
    );
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

  #send(url: string, init?: RequestInit): Promise<unknown> {
    return this.#connection.json(url, init);
  }
}
