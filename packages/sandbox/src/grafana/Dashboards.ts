import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { BareRepository } from '../git/BareRepository';
import type { SandboxLogger } from '../logger';

const WORKLOADS_DIRECTORY = 'infra/gitops/workloads';
const DASHBOARD_FILE = /(^|[/.])dashboard\.json$/;

const modelSchema = z.looseObject({
  uid: z.string().regex(/^[\w-]{1,40}$/),
  title: z.string().min(1),
  description: z.string().default(''),
  tags: z.array(z.string()).default([]),
  panels: z
    .array(
      z.looseObject({
        title: z.string().default(''),
        type: z.string().default(''),
        targets: z
          .array(z.looseObject({ expr: z.string().optional() }))
          .default([]),
      }),
    )
    .default([]),
});

/** A dashboard and the folder it is shown in. */
export interface Dashboard {
  id: number;
  slug: string;
  /** Name of the team that owns the directory. */
  folder: string;
  /** The dashboard JSON model. */
  model: z.infer<typeof modelSchema>;
}

interface DashboardsOptions {
  repository: BareRepository;
  branch: string;
  logger: SandboxLogger;
}

/** The dashboards in the default branch of the platform repository. */
export class Dashboards {
  readonly #repository: BareRepository;
  readonly #branch: string;
  readonly #logger: SandboxLogger;
  #cache?: { commit: string; dashboards: Promise<Dashboard[]> };

  constructor({ repository, branch, logger }: DashboardsOptions) {
    this.#repository = repository;
    this.#branch = branch;
    this.#logger = logger;
  }

  /** Lists all dashboards by title. Cached until the branch changes. */
  async all(): Promise<Dashboard[]> {
    const commit = await this.#repository.resolve(this.#branch);
    if (!commit) {
      return [];
    }
    if (this.#cache?.commit !== commit) {
      this.#cache = { commit, dashboards: this.#readAll(commit) };
    }
    return this.#cache.dashboards;
  }

  async find(uid: string): Promise<Dashboard | undefined> {
    return (await this.all()).find(({ model }) => model.uid === uid);
  }

  async #readAll(commit: string): Promise<Dashboard[]> {
    const entries =
      (await this.#repository.list(commit, WORKLOADS_DIRECTORY, {
        recursive: true,
      })) ?? [];
    const byUid = new Map<string, Dashboard>();
    for (const { path, sha, type } of entries) {
      if (type === 'blob' && DASHBOARD_FILE.test(path)) {
        try {
          const content: unknown = JSON.parse(
            (await this.#repository.blob(sha)).toString(),
          );
          const model = modelSchema.parse(content);
          byUid.set(model.uid, toDashboard(path, model));
        } catch (error) {
          this.#logger.warn(`Skipping the invalid dashboard ${path}: ${error}`);
        }
      }
    }
    return [...byUid.values()].sort((one, other) =>
      one.model.title.localeCompare(other.model.title),
    );
  }
}

function toDashboard(path: string, model: Dashboard['model']): Dashboard {
  const digest = createHash('sha256').update(model.uid).digest('hex');
  return {
    id: Number.parseInt(digest.slice(0, 7), 16),
    slug: model.title.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    folder: path.slice(WORKLOADS_DIRECTORY.length + 1).split('/')[0],
    model,
  };
}
