import {
  type CatalogFileStatus,
  workloadNameProblem,
} from '@internal/plugin-ml-platform-common';
import {
  FILE_BYTES,
  type FileVersion,
  type OversizedFile,
  type PlatformRepository,
  TEAM_LIMITS,
} from '@internal/plugin-ml-platform-node';
import { TeamShare } from './TeamShare';
import type { WorkloadLocation } from './withPlatformMetadata';
import {
  type CatalogFileContent,
  WorkloadCatalog,
  type WorkloadEntities,
} from './WorkloadCatalog';

const CATALOG_FILE = 'catalog-info.yaml';
/** Files that are in memory at once. */
const BATCH = 20;

export interface ReadWorkload extends WorkloadEntities {
  location: WorkloadLocation;
}

/** All that the catalog shows of one team at one commit. */
export interface TeamEntities {
  workloads: ReadWorkload[];
  /** Problems that no workload can show, for the log. */
  problems: string[];
  /** False when a workload could not be read, so that it is as it was before. */
  isComplete: boolean;
}

interface TeamCatalogOptions {
  repository: Pick<
    PlatformRepository,
    'entries' | 'fileHistory' | 'readLimited'
  >;
}

interface Workload {
  location: WorkloadLocation;
  /** Id of the content of its `catalog-info.yaml`. */
  fileId?: string;
  /** True when the workload has overlays. */
  deployed: boolean;
}

/** Reads the workloads of a team, up to the limits of a team. */
export class TeamCatalog {
  readonly #repository: TeamCatalogOptions['repository'];
  readonly #catalog: WorkloadCatalog;
  /** By path of the file, for workloads that cannot be read for a while. */
  readonly #lastRead = new Map<string, WorkloadEntities>();

  constructor(options: TeamCatalogOptions) {
    this.#repository = options.repository;
    this.#catalog = new WorkloadCatalog(options);
  }

  /** @param options.directory - of the team, relative to the repository's root. */
  async read(options: {
    commit: string;
    team: string;
    directory: string;
  }): Promise<TeamEntities> {
    const { commit, directory, team } = options;
    const files = await this.#repository.entries(commit, directory);
    if (files.size > TEAM_LIMITS.files) {
      throw new Error(
        `${directory} has ${files.size} files; the limit is ${TEAM_LIMITS.files}. Remove some.`,
      );
    }
    const result: TeamEntities = {
      workloads: [],
      problems: [],
      isComplete: true,
    };
    const workloads = workloadsIn(files, { directory, team }).filter(
      ({ location }) => {
        const problem = workloadNameProblem(location.workload);
        result.problems.push(
          ...(problem ? [`${location.path} is skipped: ${problem}`] : []),
        );
        return !problem;
      },
    );
    const share = new TeamShare();
    for (let start = 0; start < workloads.length; start += BATCH) {
      const exceeded = share.exceeded();
      if (exceeded) {
        addProblem(
          result,
          `${team} has ${exceeded}, and the portal shows no more of one team: ${workloads[start].location.workload} and those after it are left out of the catalog. Remove some workloads, or make their files smaller.`,
        );
        break;
      }
      await this.#readBatch(
        commit,
        workloads.slice(start, start + BATCH),
        share,
        result,
      );
    }
    return result;
  }

  /** See `WorkloadCatalog.definedSince`. */
  definedSince(
    options: Parameters<WorkloadCatalog['definedSince']>[0],
  ): Promise<FileVersion | undefined> {
    return this.#catalog.definedSince(options);
  }

  async #readBatch(
    commit: string,
    workloads: Workload[],
    share: TeamShare,
    result: TeamEntities,
  ) {
    const contents = await this.#repository.readLimited({
      commit,
      paths: workloads
        .filter(
          ({ location, fileId }) =>
            fileId !== undefined && !this.#catalog.remembers(location, fileId),
        )
        .map(({ location }) => location.path),
      maxBytes: FILE_BYTES.catalog,
    });
    for (const { location, fileId, deployed } of workloads) {
      share.workloads += 1;
      try {
        const read = await this.#catalog.read({
          commit,
          location,
          file: this.#file(location, fileId, contents),
          deployed,
          share,
        });
        this.#lastRead.set(location.path, read);
        result.workloads.push({ location, ...read });
        share.entities += read.entities.length;
      } catch (error) {
        // A failure of one workload must not stop the refresh of all others.
        result.isComplete = false;
        const { entities = [], status = [] } =
          this.#lastRead.get(location.path) ?? {};
        result.workloads.push({ location, entities, status });
        result.problems.push(`${location.path} cannot be read: ${error}`);
      }
    }
  }

  /** A symbolic link has an id and no content: it counts as no file. */
  #file(
    location: WorkloadLocation,
    id: string | undefined,
    contents: Map<string, Buffer | OversizedFile>,
  ): CatalogFileContent | undefined {
    const content = contents.get(location.path);
    return id && (content || this.#catalog.remembers(location, id))
      ? { id, content }
      : undefined;
  }
}

/** Workloads that have a file or overlays, by name. */
function workloadsIn(
  files: Map<string, string>,
  { directory, team }: { directory: string; team: string },
): Workload[] {
  const workloads = new Map<string, Workload>();
  for (const [file, id] of files) {
    const [workload, ...rest] = file.slice(directory.length + 1).split('/');
    const deployed = rest[0] === 'overlays' && rest.length > 1;
    const isCatalogFile = rest.join('/') === CATALOG_FILE;
    if (deployed || isCatalogFile) {
      const known = workloads.get(workload) ?? {
        location: {
          team,
          workload,
          path: `${directory}/${workload}/${CATALOG_FILE}`,
        },
        deployed: false,
      };
      workloads.set(workload, {
        ...known,
        fileId: isCatalogFile ? id : known.fileId,
        deployed: deployed || known.deployed,
      });
    }
  }
  return [...workloads.values()].sort((a, b) =>
    a.location.workload < b.location.workload ? -1 : 1,
  );
}

/** Shows a problem of the team on its first workload. */
function addProblem({ workloads }: TeamEntities, message: string) {
  const status: CatalogFileStatus[number] = { level: 'error', message };
  workloads[0].status = [status, ...workloads[0].status];
}
