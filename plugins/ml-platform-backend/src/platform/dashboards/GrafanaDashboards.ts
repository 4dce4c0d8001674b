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

/** Of `GET /api/search`; paths start with `/` and include Grafana's own sub-path. */
const searchSchema = z.array(
  z.object({
    title: z.string(),
    url: z.string(),
    folderTitle: z.string().optional(),
    folderUrl: z.string().optional(),
    tags: z.array(z.string()).default([]),
  }),
);
type Found = z.infer<typeof searchSchema>;

/** Dashboards of a workload, by tag. */
export class GrafanaDashboards {
  static create(options: {
    /** Absent: the deployment has no Grafana, and the answer says so. */
    grafana: MlPlatformConfig['grafana'];
    /** Default: 5 s. */
    timeoutMs?: number;
    /** How long an answer is used without asking again. Default: 10 s. */
    freshMs?: number;
  }): GrafanaDashboards {
    return new GrafanaDashboards(options);
  }

  readonly #grafana: MlPlatformConfig['grafana'];
  readonly #timeoutMs: number;
  readonly #searches: StaleCache<Found>;

  private constructor(options: Parameters<typeof GrafanaDashboards.create>[0]) {
    this.#grafana = options.grafana;
    this.#timeoutMs = options.timeoutMs ?? 5_000;
    this.#searches = new StaleCache<Found>({
      freshMs: options.freshMs ?? 10_000,
      maxKeys: 500,
      toProblem: error => toUpstreamProblem(SOURCE, error),
    });
  }

  /** Never throws for Grafana: what is wrong with it is in the answer's freshness. */
  async findByTag(tag: string): Promise<Dashboards> {
    const grafana = this.#grafana;
    if (!grafana) {
      const absent = toUpstreamProblem(SOURCE, new UpstreamError('absent'));
      return { items: [], freshness: { stale: false, problems: [absent] } };
    }
    const { value, asOf, problem } = await this.#searches.read(tag, () =>
      this.#search(grafana, tag),
    );
    return {
      items: (value ?? [])
        // Grafana has the tag as a hint: what is shown is decided here.
        .filter(({ tags }) => tags.includes(tag))
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

function toDashboard(found: Found[number], publicUrl: string): Dashboard[] {
  const url = pageOf(found.url, publicUrl);
  return url === undefined
    ? []
    : [
        {
          title: found.title,
          url,
          folderTitle: found.folderTitle ?? '',
          folderUrl: pageOf(found.folderUrl, publicUrl) ?? '',
          tags: found.tags,
        },
      ];
}

/** A page of Grafana itself; whoever names a dashboard could otherwise send people anywhere. */
function pageOf(path: string | undefined, publicUrl: string) {
  const url = httpUrl(path, publicUrl);
  return url && new URL(url).origin === new URL(publicUrl).origin
    ? url
    : undefined;
}
