import type { Entity } from '@backstage/catalog-model';
import type { CatalogFileStatus } from '@internal/plugin-ml-platform-common';
import {
  type CatalogFile,
  FILE_BYTES,
  type FileHistory,
  type FileVersion,
  type OversizedFile,
  type PlatformRepository,
  readCatalogFile,
  TEAM_LIMITS,
} from '@internal/plugin-ml-platform-node';
import { LRUCache } from 'lru-cache';
import { entitiesOf, KeptEntities, MAX_VERSIONS } from './KeptEntities';
import {
  catalogFileStatus,
  type DatedProblem,
  pathOnlyComponent,
} from './catalogFileStatus';
import { definedSince } from './definedSince';
import type { TeamShare } from './TeamShare';
import type { WorkloadLocation } from './withPlatformMetadata';

const MAX_REMEMBERED_FILES = 10_000;
const MAX_REMEMBERED_VERSIONS = 2_000;
/** Characters of remembered versions, roughly. */
const MAX_REMEMBERED_SIZE = 64 * 1024 * 1024;

interface WorkloadCatalogOptions {
  repository: Pick<PlatformRepository, 'fileHistory' | 'readLimited'>;
}

/** A `catalog-info.yaml` at one commit. */
export interface CatalogFileContent {
  /** Id of the content. */
  id: string;
  /** Absent when `WorkloadCatalog.remembers` it. */
  content?: Buffer | OversizedFile;
}

interface ParsedFile {
  file: CatalogFile;
  /** Bytes of the file and of those that it includes. */
  bytes: number;
}

export interface WorkloadEntities {
  /** The Component or Resource with the workload's name first, if there is one. */
  entities: Entity[];
  /** Problems of the file; empty when everything is as it says. */
  status: CatalogFileStatus;
}

/**
 * Entities of one workload at one commit. What the file at that commit does not define comes from the last version that did,
 * by the branch's own history, so that a restart changes nothing and all replicas agree.
 */
export class WorkloadCatalog {
  readonly #repository: WorkloadCatalogOptions['repository'];
  /** Files without placeholders, which depend on nothing but their content; by path. */
  readonly #current = new LRUCache<string, ParsedFile & { id: string }>({
    max: MAX_REMEMBERED_FILES,
  });
  /** By commit and path. */
  readonly #versions = new LRUCache<string, { parsed?: ParsedFile }>({
    max: MAX_REMEMBERED_VERSIONS,
    maxSize: MAX_REMEMBERED_SIZE,
    sizeCalculation: ({ parsed }) => 1 + (parsed?.bytes ?? 0),
  });
  /** By path, for broken files and contested names. */
  readonly #histories = new LRUCache<string, FileHistory>({
    max: MAX_REMEMBERED_VERSIONS,
  });

  constructor(options: WorkloadCatalogOptions) {
    this.#repository = options.repository;
  }

  /** Checks if a file need not be read again. */
  remembers({ path }: WorkloadLocation, id: string): boolean {
    return this.#current.peek(path)?.id === id;
  }

  /**
   * @param options.file - the file; undefined when there is none.
   * @param options.deployed - true when the workload has overlays.
   */
  async read(options: {
    commit: string;
    location: WorkloadLocation;
    file?: CatalogFileContent;
    deployed: boolean;
    share: TeamShare;
  }): Promise<WorkloadEntities> {
    const { commit, location, file, deployed, share } = options;
    const current = file && (await this.#readCurrent(commit, location, file));
    share.catalogBytes += current?.bytes ?? 0;
    if (current?.file.problems.length === 0) {
      return { entities: entitiesOf(current.file), status: [] };
    }
    return this.#withKept({
      commit,
      location,
      current: current?.file,
      deployed,
      share,
    });
  }

  /** Finds the version since which a workload has defined an entity; see `definedSince`. */
  async definedSince(options: {
    commit: string;
    location: WorkloadLocation;
    /** Entity reference. */
    ref: string;
  }): Promise<FileVersion | undefined> {
    const { commit, location, ref } = options;
    return definedSince(
      ref,
      await this.#versionsAt(commit, location),
      version => this.#readVersion(version.commit, location),
    );
  }

  async #versionsAt(
    commit: string,
    { path }: WorkloadLocation,
  ): Promise<FileVersion[]> {
    const versions = await this.#repository.fileHistory({
      commit,
      path,
      limit: MAX_VERSIONS,
      known: this.#histories.get(path),
    });
    this.#histories.set(path, { commit, versions });
    return versions;
  }

  async #withKept(options: {
    commit: string;
    location: WorkloadLocation;
    current: CatalogFile | undefined;
    deployed: boolean;
    share: TeamShare;
  }): Promise<WorkloadEntities> {
    const { commit, location, current, deployed, share } = options;
    const versions = await this.#versionsAt(commit, location);
    if (!current && versions.length === 0) {
      return { entities: [], status: [] };
    }
    const kept = new KeptEntities(current, location.workload);
    const problems = await this.#search(location, {
      current,
      versions,
      kept,
      share,
    });
    const known = [
      ...entitiesOf(current),
      ...kept.all().map(({ entity }) => entity),
    ];
    const component =
      current?.component ??
      kept.get(kept.main)?.entity ??
      (deployed ? pathOnlyComponent(location.workload) : undefined);
    return {
      entities: [
        ...(component ? [component] : []),
        ...known.filter(entity => entity !== component),
      ],
      status: catalogFileStatus({
        path: location.path,
        deleted: current ? undefined : versions[0],
        invalid: current?.invalid ?? [],
        problems,
        kept,
      }),
    };
  }

  /** Walks back through the versions, until everything is found and every problem is dated. */
  async #search(
    location: WorkloadLocation,
    options: {
      current: CatalogFile | undefined;
      versions: FileVersion[];
      kept: KeptEntities;
      share: TeamShare;
    },
  ): Promise<DatedProblem[]> {
    const { current, versions, kept, share } = options;
    const problems: DatedProblem[] = (current?.problems ?? []).map(problem => ({
      ...problem,
    }));
    let undated = problems;
    for (const version of versions) {
      if (
        (kept.complete && undated.length === 0) ||
        share.versions >= TEAM_LIMITS.versions
      ) {
        break;
      }
      share.versions += 1;
      const file = await this.#readVersion(version.commit, location);
      undated = undated.filter(({ text }) =>
        file?.problems.some(other => other.text === text),
      );
      for (const problem of undated) {
        problem.since = version;
      }
      if (file) {
        kept.add(file, version);
      }
    }
    return problems;
  }

  async #readCurrent(
    commit: string,
    location: WorkloadLocation,
    { id, content }: CatalogFileContent,
  ): Promise<ParsedFile> {
    const { path } = location;
    const known = this.#current.get(path);
    if (known?.id === id) {
      return known;
    }
    if (!content) {
      throw new Error('Its content has to be read first');
    }
    const parsed = await this.#parse(commit, location, content);
    if (
      Buffer.isBuffer(content) &&
      (content.includes('$') || content.includes('\\'))
    ) {
      this.#current.delete(path);
    } else {
      this.#current.set(path, { id, ...parsed });
    }
    return parsed;
  }

  async #readVersion(
    commit: string,
    location: WorkloadLocation,
  ): Promise<CatalogFile | undefined> {
    const key = `${commit} ${location.path}`;
    let version = this.#versions.get(key);
    if (!version) {
      const content = await this.#readFile(
        commit,
        location.path,
        FILE_BYTES.catalog,
      );
      version = {
        parsed: content && (await this.#parse(commit, location, content)),
      };
      this.#versions.set(key, version);
    }
    return version.parsed?.file;
  }

  async #parse(
    commit: string,
    { team, workload, path }: WorkloadLocation,
    content: Buffer | OversizedFile,
  ): Promise<ParsedFile> {
    let bytes = bytesOf(content);
    const file = await readCatalogFile(
      content,
      { team, workload, directory: path.slice(0, path.lastIndexOf('/')) },
      async (included, maxBytes) => {
        const read = await this.#readFile(commit, included, maxBytes);
        bytes += bytesOf(read);
        return read;
      },
    );
    return { file, bytes };
  }

  async #readFile(
    commit: string,
    file: string,
    maxBytes: number,
  ): Promise<Buffer | OversizedFile | undefined> {
    const paths = [file];
    return (
      await this.#repository.readLimited({ commit, paths, maxBytes })
    ).get(file);
  }
}

/** Bytes of a file that was read. */
function bytesOf(content: Buffer | OversizedFile | undefined): number {
  return Buffer.isBuffer(content) ? content.length : 0;
}
