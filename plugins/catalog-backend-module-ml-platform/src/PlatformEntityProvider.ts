import type {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  type Environment,
  teamNameProblem,
  workloadNameProblem,
  WORKLOADS_DIRECTORY,
} from '@internal/plugin-ml-platform-common';
import type {
  Forge,
  PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import { readWorkloadEntities } from './readWorkloadEntities';
import {
  withPlatformMetadata,
  type WorkloadLocation,
} from './withPlatformMetadata';

const PROVIDER_NAME = 'ml-platform';
/** Event of the forge's push webhook. Without it, polling finds the change a little later. */
const PUSH_TOPIC = 'ml-platform.repository.push';

export interface PlatformEntityProviderOptions {
  repository: Pick<PlatformRepository, 'branch' | 'head' | 'list' | 'read'>;
  forge: Pick<Forge, 'fileUrl'>;
  environments: Environment[];
  /** Parent directory of `gitops/` in the repository; empty for the root. */
  rootDirectory: string;
  events: EventsService;
  schedule: SchedulerServiceTaskRunner;
  logger: LoggerService;
}

/** Provides the entities of every workload's `catalog-info.yaml`, and refreshes when the platform repository changes. */
export class PlatformEntityProvider implements EntityProvider {
  readonly #options: PlatformEntityProviderOptions;
  #connection: EntityProviderConnection | undefined;
  #emittedCommit: string | undefined;
  #refresh: Promise<void> | undefined;
  #failing = false;

  constructor(options: PlatformEntityProviderOptions) {
    this.#options = options;
  }

  getProviderName(): string {
    return PROVIDER_NAME;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#options.events.subscribe({
      id: PROVIDER_NAME,
      topics: [PUSH_TOPIC],
      onEvent: () => this.refresh(),
    });
    await this.#options.schedule.run({
      id: `${PROVIDER_NAME}-entities`,
      fn: () => this.refresh(),
    });
  }

  /** Never throws: a failure is logged once and retried at the next poll. */
  async refresh(): Promise<void> {
    this.#refresh ??= this.#emit()
      .then(() => {
        this.#failing = false;
      })
      .catch(error => {
        if (!this.#failing) {
          this.#options.logger.warn(
            'Failed to refresh workloads; the catalog keeps those it has',
            error,
          );
        }
        this.#failing = true;
      })
      .finally(() => {
        this.#refresh = undefined;
      });
    return this.#refresh;
  }

  async #emit(): Promise<void> {
    const { repository, logger } = this.#options;
    const commit = await repository.head();
    if (commit === this.#emittedCommit || !this.#connection) {
      return;
    }
    const entities = await this.#entitiesAt(commit);
    await this.#connection.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({
        entity,
        locationKey: PROVIDER_NAME,
      })),
    });
    this.#emittedCommit = commit;
    logger.info(`Read ${entities.length} workload entities at ${commit}`);
  }

  async #entitiesAt(commit: string): Promise<Entity[]> {
    const { repository, forge } = this.#options;
    const workloads = await this.#workloadsAt(commit);
    const contents = await repository.read(
      commit,
      workloads.map(({ path }) => path),
    );
    const main: Entity[] = [];
    const others: Entity[] = [];
    for (const workload of workloads) {
      const text = contents.get(workload.path)?.toString('utf8') ?? '';
      await this.#skipOnError(workload.path, async () => {
        const read = await readWorkloadEntities(text, workload);
        const entities = read.map(entity =>
          withPlatformMetadata(entity, workload, options =>
            forge.fileUrl({ branch: repository.branch, ...options }),
          ),
        );
        main.push(entities[0]);
        others.push(...entities.slice(1));
      });
    }
    return this.#withoutDuplicates([...main, ...others]);
  }

  async #workloadsAt(commit: string): Promise<WorkloadLocation[]> {
    const { repository, rootDirectory, environments } = this.#options;
    const directory = rootDirectory
      ? `${rootDirectory}/${WORKLOADS_DIRECTORY}`
      : WORKLOADS_DIRECTORY;
    const workloads: WorkloadLocation[] = [];
    for (const path of await repository.list(commit, directory)) {
      const [team, workload, ...file] = path
        .slice(directory.length + 1)
        .split('/');
      if (file.join('/') === 'catalog-info.yaml') {
        await this.#skipOnError(path, async () => {
          const problem =
            teamNameProblem(team, environments) ??
            workloadNameProblem(workload);
          if (problem) {
            throw new Error(problem);
          }
          workloads.push({ team, workload, path });
        });
      }
    }
    return workloads;
  }

  /** Keeps the first entity of each name: a workload's own Component before entities whose name only starts with it. */
  #withoutDuplicates(entities: Entity[]): Entity[] {
    const byReference = new Map<string, Entity>();
    for (const entity of entities) {
      const reference = stringifyEntityRef(entity);
      const first = byReference.get(reference);
      if (first) {
        this.#options.logger.error(
          `${reference} of ${entity.spec?.owner} is skipped: ${first.spec?.owner} already has an entity of that name`,
        );
      } else {
        byReference.set(reference, entity);
      }
    }
    return [...byReference.values()];
  }

  async #skipOnError(path: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.#options.logger.error(
        `${path} is skipped: ${error instanceof Error ? error.message : error}`,
      );
    }
  }
}
