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
import { ProblemLog } from './ProblemLog';
import {
  withPlatformMetadata,
  type WorkloadLocation,
} from './withPlatformMetadata';
import { WorkloadCatalog, type WorkloadEntities } from './WorkloadCatalog';

const CATALOG_FILE = 'catalog-info.yaml';
const PROVIDER_NAME = 'ml-platform';
/** Event of the forge's push webhook. Without it, polling finds the change a little later. */
const PUSH_TOPIC = 'ml-platform.repository.push';

export interface PlatformEntityProviderOptions {
  repository: Pick<
    PlatformRepository,
    'branch' | 'fileHistory' | 'head' | 'list' | 'read'
  >;
  forge: Pick<Forge, 'fileUrl'>;
  environments: Environment[];
  /** Parent directory of `gitops/` in the repository; empty for the root. */
  rootDirectory: string;
  events: EventsService;
  schedule: SchedulerServiceTaskRunner;
  logger: LoggerService;
}

interface Workload {
  location: WorkloadLocation;
  /** True when the workload has overlays. */
  deployed: boolean;
}

interface ReadWorkload extends WorkloadEntities {
  location: WorkloadLocation;
}

/** Provides the entities of every workload's `catalog-info.yaml`, and refreshes when the platform repository changes. */
export class PlatformEntityProvider implements EntityProvider {
  readonly #options: PlatformEntityProviderOptions;
  readonly #catalog: WorkloadCatalog;
  readonly #log: ProblemLog;
  /** By path of the file, for workloads that cannot be read for a while. */
  readonly #lastRead = new Map<string, WorkloadEntities>();
  #connection: EntityProviderConnection | undefined;
  #emittedCommit: string | undefined;
  #refresh: Promise<void> | undefined;
  #failing = false;

  constructor(options: PlatformEntityProviderOptions) {
    this.#options = options;
    this.#catalog = new WorkloadCatalog(options);
    this.#log = new ProblemLog(options);
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
    const { entities, isComplete } = await this.#entitiesAt(commit);
    this.#log.endRound();
    await this.#connection.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({
        entity,
        locationKey: PROVIDER_NAME,
      })),
    });
    // What could not be read is tried again.
    this.#emittedCommit = isComplete ? commit : undefined;
    logger.info(`Read ${entities.length} workload entities at ${commit}`);
  }

  async #entitiesAt(
    commit: string,
  ): Promise<{ entities: Entity[]; isComplete: boolean }> {
    const { repository } = this.#options;
    const workloads = await this.#workloadsAt(commit);
    const contents = await repository.read(
      commit,
      workloads.map(({ location }) => location.path),
    );
    const read: ReadWorkload[] = [];
    let isComplete = true;
    for (const { location, deployed } of workloads) {
      const content = contents.get(location.path);
      if (content || deployed) {
        try {
          const workload = await this.#catalog.read({
            commit,
            location,
            content,
            deployed,
          });
          this.#lastRead.set(location.path, workload);
          read.push({ location, ...workload });
        } catch (error) {
          // A failure of one workload must not stop the refresh of all others.
          isComplete = false;
          const { entities = [], status = [] } =
            this.#lastRead.get(location.path) ?? {};
          read.push({ location, entities: [...entities], status: [...status] });
          this.#log.report(`${location.path} cannot be read: ${error}`);
        }
      }
    }
    const entities = this.#withoutDuplicates(read);
    this.#logProblems(read);
    return { entities, isComplete };
  }

  async #workloadsAt(commit: string): Promise<Workload[]> {
    const { repository, rootDirectory, environments } = this.#options;
    const directory = rootDirectory
      ? `${rootDirectory}/${WORKLOADS_DIRECTORY}`
      : WORKLOADS_DIRECTORY;
    const workloads = new Map<string, Workload>();
    for (const file of await repository.list(commit, directory)) {
      const [team, workload, ...rest] = file
        .slice(directory.length + 1)
        .split('/');
      const deployed = rest[0] === 'overlays' && rest.length > 1;
      if (deployed || rest.join('/') === CATALOG_FILE) {
        const path = `${directory}/${team}/${workload}/${CATALOG_FILE}`;
        const known = workloads.get(path);
        workloads.set(path, {
          location: { team, workload, path },
          deployed: deployed || (known?.deployed ?? false),
        });
      }
    }
    return [...workloads.values()].filter(({ location }) => {
      const problem =
        teamNameProblem(location.team, environments) ??
        workloadNameProblem(location.workload);
      if (problem) {
        this.#log.report(`${location.path} is skipped: ${problem}`);
      }
      return !problem;
    });
  }

  /** Keeps the first entity of each name: a workload's own Component before entities whose name only starts with it. */
  #withoutDuplicates(workloads: ReadWorkload[]): Entity[] {
    const isMain = (entity: Entity, { location }: ReadWorkload) =>
      entity.kind === 'Component' && entity.metadata.name === location.workload;
    const owners = new Map<string, ReadWorkload>();
    const take = (workload: ReadWorkload, entity: Entity) => {
      const reference = stringifyEntityRef(entity);
      const owner = owners.get(reference);
      if (owner) {
        // A workload without a Component has no page of its own to say it on.
        (isMain(entity, workload) ? owner : workload).status.push({
          level: 'error',
          message: `${entity.kind} ${entity.metadata.name} of ${workload.location.team}/${workload.location.workload} is left out of the catalog: ${owner.location.team}/${owner.location.workload} already has an entity of that name. Choose another name.`,
        });
        return [];
      }
      owners.set(reference, workload);
      return [{ workload, entity }];
    };
    const taken = [true, false].flatMap(main =>
      workloads.flatMap(workload =>
        workload.entities
          .filter(entity => isMain(entity, workload) === main)
          .flatMap(entity => take(workload, entity)),
      ),
    );
    const { forge, repository } = this.#options;
    return taken.map(({ workload, entity }) =>
      withPlatformMetadata(entity, {
        location: workload.location,
        status: isMain(entity, workload) ? workload.status : [],
        fileUrl: file => forge.fileUrl({ branch: repository.branch, ...file }),
      }),
    );
  }

  #logProblems(workloads: ReadWorkload[]) {
    for (const { location, status } of workloads) {
      for (const { message } of status) {
        this.#log.report(`${location.team}/${location.workload}: ${message}`);
      }
    }
  }
}
