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
  repositoryPath,
  teamNameProblem,
  WORKLOADS_DIRECTORY,
} from '@internal/plugin-ml-platform-common';
import {
  type Forge,
  mainRefs,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import { LocationFiles } from './LocationFiles';
import { type EntityClaim, NameOwners } from './NameOwners';
import { ProblemLog } from './ProblemLog';
import {
  type ReadWorkload,
  TeamCatalog,
  type TeamEntities,
} from './TeamCatalog';
import { withPlatformMetadata } from './withPlatformMetadata';

const PROVIDER_NAME = 'ml-platform';
/** Event of the forge's push webhook. Without it, polling finds the change a little later. */
const PUSH_TOPIC = 'ml-platform.repository.push';

export interface PlatformEntityProviderOptions {
  repository: Pick<
    PlatformRepository,
    | 'branch'
    | 'contains'
    | 'directories'
    | 'entries'
    | 'fileHistory'
    | 'head'
    | 'readLimited'
  >;
  forge: Pick<Forge, 'fileUrl'>;
  environments: Environment[];
  /** URLs of `catalog.locations`. */
  locationTargets: string[];
  /** Parent directory of `gitops/` in the repository; empty for the root. */
  rootDirectory: string;
  events: EventsService;
  schedule: SchedulerServiceTaskRunner;
  logger: LoggerService;
}

/** Provides the entities of every workload's `catalog-info.yaml`, and refreshes them and its other entities in the platform repository when that changes. */
export class PlatformEntityProvider implements EntityProvider {
  readonly #options: PlatformEntityProviderOptions;
  readonly #catalog: TeamCatalog;
  readonly #log: ProblemLog;
  readonly #owners: NameOwners;
  readonly #locationFiles: LocationFiles;
  /** By team. Equal ids of the directory mean equal entities, because a team's files name no files of others. */
  readonly #teams = new Map<string, TeamEntities & { directoryId: string }>();
  #connection: EntityProviderConnection | undefined;
  #emittedCommit: string | undefined;
  #refresh: Promise<void> | undefined;
  #failing = false;

  constructor(options: PlatformEntityProviderOptions) {
    this.#options = options;
    this.#catalog = new TeamCatalog(options);
    this.#log = new ProblemLog(options);
    this.#owners = new NameOwners({ ...options, catalog: this.#catalog });
    this.#locationFiles = new LocationFiles({
      ...options,
      targets: options.locationTargets,
    });
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
    await this.#locationFiles.refresh(commit, this.#connection);
    // What could not be read is tried again.
    this.#emittedCommit = isComplete ? commit : undefined;
    logger.info(`Read ${entities.length} workload entities at ${commit}`);
  }

  async #entitiesAt(
    commit: string,
  ): Promise<{ entities: Entity[]; isComplete: boolean }> {
    const { repository, environments, rootDirectory } = this.#options;
    const parent = repositoryPath(rootDirectory, WORKLOADS_DIRECTORY);
    const directories = await repository.directories(commit, parent);
    const read = new Map<string, TeamEntities>();
    for (const [team, directoryId] of this.#failingLast(directories)) {
      const problem = teamNameProblem(team, environments);
      if (problem) {
        this.#log.report(`${parent}/${team} is skipped: ${problem}`);
      } else {
        const directory = `${parent}/${team}`;
        read.set(
          team,
          await this.#readTeam({ commit, team, directory, directoryId }),
        );
      }
    }
    const teams = [...directories.keys()].flatMap(team => read.get(team) ?? []);
    const workloads = teams.flatMap(team =>
      team.workloads.map(({ location, entities, status }) => ({
        location,
        entities,
        status: [...status],
      })),
    );
    const entities = await this.#withoutDuplicates(workloads, commit);
    teams
      .flatMap(({ problems }) => problems)
      .forEach(problem => this.#log.report(problem));
    this.#logProblems(workloads);
    return { entities, isComplete: teams.every(team => team.isComplete) };
  }

  /** Teams that could not be read before come last, so that others need not wait for them. */
  #failingLast(directories: Map<string, string>): Array<[string, string]> {
    const isFailing = ([team]: [string, string]) =>
      this.#teams.get(team)?.isComplete === false;
    return [...directories].sort(
      (a, b) => Number(isFailing(a)) - Number(isFailing(b)),
    );
  }

  /** Reads a team whose directory changed. A failure does not stop the refresh of the other teams. */
  async #readTeam(options: {
    commit: string;
    team: string;
    directory: string;
    directoryId: string;
  }): Promise<TeamEntities> {
    const { team, directory, directoryId } = options;
    const known = this.#teams.get(team);
    if (known?.isComplete && known.directoryId === directoryId) {
      return known;
    }
    let read: TeamEntities;
    try {
      read = await this.#catalog.read(options);
    } catch (error) {
      read = {
        workloads: known?.workloads ?? [],
        problems: [`${directory} cannot be read: ${error}`],
        isComplete: false,
      };
    }
    this.#teams.set(team, { ...read, directoryId });
    return read;
  }

  /** Keeps one entity of each name, and says on a page which others are left out. */
  async #withoutDuplicates(
    workloads: ReadWorkload[],
    commit: string,
  ): Promise<Entity[]> {
    const claims: Claim[] = workloads.flatMap(workload => {
      const { entities, location } = workload;
      const refs = entities.map(entity => stringifyEntityRef(entity));
      const mainRef = mainRefs(location.workload).find(ref =>
        refs.includes(ref),
      );
      return entities.map((entity, index) => ({
        entity,
        workload,
        location,
        isMain: refs[index] === mainRef,
      }));
    });
    const contested = new Map<string, Claim[]>();
    for (const claim of claims) {
      const ref = stringifyEntityRef(claim.entity);
      contested.set(ref, [...(contested.get(ref) ?? []), claim]);
    }
    const taken: Claim[] = [];
    for (const [ref, rivals] of contested) {
      const owner = await this.#owners.decide(ref, rivals, commit);
      taken.push(owner);
      rivals
        .filter(rival => rival !== owner)
        .forEach(rival => addConflict(rival, owner));
    }
    const { forge, repository } = this.#options;
    return taken.map(({ entity, workload: { location, status }, isMain }) =>
      withPlatformMetadata(entity, {
        location,
        status: isMain ? status : [],
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

interface Claim extends EntityClaim {
  entity: Entity;
  workload: ReadWorkload;
}

/** Says it on the page of the workload that lost; on the owner's if there is none, because the Component itself is left out. */
function addConflict({ entity, isMain, workload }: Claim, owner: Claim) {
  const { kind, metadata } = entity;
  const name = ({ location }: Claim | ReadWorkload) =>
    `${location.team}/${location.workload}`;
  (isMain ? owner.workload : workload).status.push({
    level: isMain ? 'warning' : 'error',
    message: `${kind} ${metadata.name} of ${name(
      workload,
    )} is left out of the catalog: ${name(
      owner,
    )} had an entity of that name before. Choose another name.`,
  });
}
