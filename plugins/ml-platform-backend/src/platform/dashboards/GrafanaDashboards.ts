import type {
  Dashboard,
  Dashboards,
} from '@internal/plugin-ml-platform-common';
import {
  StaleCache,
  toUpstreamProblem,
  UpstreamError,
  type MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import { z } from 'zod';
import { httpUrl } from '../../http/httpUrl';

const SOURCE = 'Grafana';
const MAX_DASHBOARDS = 500;

/** Response of Grafana's `GET /api/search`. Paths start with `/` and include Grafana's own sub-path. */
const searchSchema = z.array(
  z.object({
    uid: z.string(),
    title: z.string(),
    url: z.string(),
    folderUid: z.string().optional(),
    folderTitle: z.string().optional(),
    folderUrl: z.string().optional(),
    tags: z.array(z.string()).default([]),
  }),
);
type Found = z.infer<typeof searchSchema>;

interface GrafanaDashboardsOptions {
  /** Absent: the deployment has no Grafana, which the response's freshness reports as a problem. */
  grafana: MlPlatformConfig['grafana'];
  /** Names of all teams. */
  teams: () => Promise<string[]>;
  /** Default: 5 s. */
  timeoutMs?: number;
  /** Time for which a search result is reused. Default: 10 s. */
  freshMs?: number;
}

/** Searches Grafana for the dashboards of a workload, by tag. */
export class GrafanaDashboards {
  readonly #grafana: MlPlatformConfig['grafana'];
  readonly #teams: () => Promise<string[]>;
  readonly #timeoutMs: number;
  readonly #searches: StaleCache<Found>;

  constructor(options: GrafanaDashboardsOptions) {
    this.#grafana = options.grafana;
    this.#teams = options.teams;
    this.#timeoutMs = options.timeoutMs ?? 5_000;
    this.#searches = new StaleCache<Found>({
      freshMs: options.freshMs ?? 10_000,
      maxKeys: 500,
      toProblem: error => toUpstreamProblem(SOURCE, error),
    });
  }

  /** Does not throw when Grafana fails: the freshness of the result carries the problem. */
  async findByTag(tag: string): Promise<Dashboards> {
    const grafana = this.#grafana;
    if (!grafana) {
      const absent = toUpstreamProblem(SOURCE, new UpstreamError('absent'));
      return { items: [], freshness: { stale: false, problems: [absent] } };
    }
    const { value, asOf, problem } = await this.#searches.read(tag, () =>
      this.#search(grafana, tag),
    );
    // Without the repository the portal knows no teams, and only the uid decides.
    const teams = await this.#teams().catch(() => []);
    return {
      items: (value ?? [])
        // Grafana's filter is not trusted: only dashboards with the tag are returned.
        .filter(found => found.tags.includes(tag) && isOwn(found, tag, teams))
        .flatMap(found => toDashboard(found, grafana.publicUrl)),
      freshness: {
        asOf,
        stale: problem !== undefined,
        problems: problem ? [problem] : [],
      },
    };
  }

  async #search(
    { url, token }: NonNullable<MlPlatformConfig['grafana']>,
    tag: string,
  ): Promise<Found> {
    const query = new URLSearchParams({
      type: 'dash-db',
      tag,
      limit: String(MAX_DASHBOARDS),
    });
    const response = await fetch(
      `${url.replace(/\/+$/, '')}/api/search?${query}`,
      {
        headers: {
          accept: 'application/json',
          ...(token && { authorization: `Bearer ${token}` }),
        },
        redirect: 'error',
        signal: AbortSignal.timeout(this.#timeoutMs),
      },
    ).catch(error => {
      throw UpstreamError.fromRequestError(error);
    });
    if (!response.ok) {
      throw UpstreamError.fromStatus(response.status);
    }
    const text = await response.text().catch(error => {
      throw UpstreamError.fromRequestError(error);
    });
    return searchSchema.parse(JSON.parse(text));
  }
}

/**
 * Checks that a dashboard is the workload's own: anyone can write any tag. Uids are unique in Grafana and names of workloads
 * on the platform, and the repository check lets a workload use only those that start with its name. A folder with the name
 * of another team holds that team's.
 */
function isOwn(
  { uid, folderUid = '', folderTitle = '' }: Found[number],
  tag: string,
  teams: string[],
): boolean {
  const [team, workload] = tag.split('--');
  return (
    (uid === workload || uid.startsWith(`${workload}_`)) &&
    ![folderUid, folderTitle].some(
      folder => folder !== team && teams.includes(folder),
    )
  );
}

function toDashboard(found: Found[number], publicUrl: string): Dashboard[] {
  const url = grafanaPage(found.url, publicUrl);
  return url === undefined
    ? []
    : [
        {
          title: found.title,
          url,
          folderTitle: found.folderTitle ?? '',
          folderUrl: grafanaPage(found.folderUrl, publicUrl) ?? '',
          tags: found.tags,
        },
      ];
}

/** Resolves a path to a page of Grafana. Other origins are dropped: authors of dashboards control the path. */
function grafanaPage(path: string | undefined, publicUrl: string) {
  const url = httpUrl(path, publicUrl);
  return url && new URL(url).origin === new URL(publicUrl).origin
    ? url
    : undefined;
}
