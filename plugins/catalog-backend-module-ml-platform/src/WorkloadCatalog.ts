import type { Entity } from '@backstage/catalog-model';
import type { CatalogFileStatus } from '@internal/plugin-ml-platform-common';
import {
  type CatalogFile,
  type FileVersion,
  type PlatformRepository,
  readCatalogFile,
} from '@internal/plugin-ml-platform-node';
import { entitiesOf, KeptEntities } from './KeptEntities';
import {
  catalogFileStatus,
  type DatedProblem,
  pathOnlyComponent,
} from './catalogFileStatus';
import type { WorkloadLocation } from './withPlatformMetadata';

/** Older versions are not read. Each may be a request to the forge. */
const MAX_VERSIONS = 50;
const MAX_REMEMBERED_VERSIONS = 1_000;

interface WorkloadCatalogOptions {
  repository: Pick<PlatformRepository, 'fileHistory' | 'read'>;
}

export interface WorkloadEntities {
  /** The Component with the workload's name first, if there is one. */
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
  /** Files without placeholders, which depend on nothing but their content. */
  readonly #current = new Map<string, { content: Buffer; file: CatalogFile }>();
  readonly #versions = new Map<string, CatalogFile | undefined>();

  constructor(options: WorkloadCatalogOptions) {
    this.#repository = options.repository;
  }

  /**
   * @param options.content - the file; undefined when there is none.
   * @param options.deployed - true when the workload has overlays.
   */
  async read(options: {
    commit: string;
    location: WorkloadLocation;
    content?: Buffer;
    deployed: boolean;
  }): Promise<WorkloadEntities> {
    const { commit, location, content, deployed } = options;
    const current =
      content && (await this.#readCurrent(commit, location, content));
    if (current?.problems.length === 0) {
      return { entities: entitiesOf(current), status: [] };
    }
    const versions = await this.#repository.fileHistory({
      commit,
      path: location.path,
      limit: MAX_VERSIONS,
    });
    if (!current && versions.length === 0) {
      return { entities: [], status: [] };
    }
    const main = `component:default/${location.workload}`;
    const kept = new KeptEntities(current, main);
    const problems = await this.#search(location, { current, versions, kept });
    const known = [
      ...entitiesOf(current),
      ...kept.all().map(({ entity }) => entity),
    ];
    const component =
      current?.component ??
      kept.get(main)?.entity ??
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
        main,
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
    },
  ): Promise<DatedProblem[]> {
    const { current, versions, kept } = options;
    const problems: DatedProblem[] = (current?.problems ?? []).map(problem => ({
      ...problem,
    }));
    let undated = problems;
    for (const version of versions) {
      if (kept.complete && undated.length === 0) {
        break;
      }
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
    content: Buffer,
  ): Promise<CatalogFile> {
    const known = this.#current.get(location.path);
    if (known?.content.equals(content)) {
      return known.file;
    }
    const file = await this.#parse(commit, location, content);
    if (content.includes('$') || content.includes('\\')) {
      this.#current.delete(location.path);
    } else {
      this.#current.set(location.path, { content, file });
    }
    return file;
  }

  async #readVersion(
    commit: string,
    location: WorkloadLocation,
  ): Promise<CatalogFile | undefined> {
    const key = `${commit} ${location.path}`;
    if (!this.#versions.has(key)) {
      const content = await this.#readFile(commit, location.path);
      if (this.#versions.size >= MAX_REMEMBERED_VERSIONS) {
        this.#versions.clear();
      }
      this.#versions.set(
        key,
        content && (await this.#parse(commit, location, content)),
      );
    }
    return this.#versions.get(key);
  }

  async #parse(
    commit: string,
    { team, workload, path }: WorkloadLocation,
    content: Buffer,
  ): Promise<CatalogFile> {
    return readCatalogFile(
      content,
      { team, workload, directory: path.slice(0, path.lastIndexOf('/')) },
      file => this.#readFile(commit, file),
    );
  }

  async #readFile(commit: string, file: string): Promise<Buffer | undefined> {
    return (await this.#repository.read(commit, [file])).get(file);
  }
}
