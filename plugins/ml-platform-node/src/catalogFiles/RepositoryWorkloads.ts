import {
  repositoryPath,
  WORKLOADS_DIRECTORY,
} from '@internal/plugin-ml-platform-common';
import type { PlatformRepository } from '../platformRepository';
import { FILE_BYTES, type OversizedFile } from '../untrustedFiles';
import type { WorkloadPath, WorkloadSource } from './nameConflicts';

interface RepositoryWorkloadsOptions {
  repository: Pick<PlatformRepository, 'directories' | 'readLimited'>;
  commit: string;
  /** Parent directory of `gitops/`; empty for the repository's root. */
  rootDirectory: string;
}

/** The workloads of the platform repository at a commit. */
export class RepositoryWorkloads implements WorkloadSource {
  readonly #options: RepositoryWorkloadsOptions;

  constructor(options: RepositoryWorkloadsOptions) {
    this.#options = options;
  }

  async workloads(): Promise<WorkloadPath[]> {
    const teams = await this.#directories(this.#parent);
    const workloads = await Promise.all(
      teams.map(async team =>
        (
          await this.#directories(`${this.#parent}/${team}`)
        ).map(workload => ({ team, workload })),
      ),
    );
    return workloads.flat();
  }

  /** Lists the workloads with a directory of a name; none or one, unless a team merged one without the check. */
  async ownersOf(name: string): Promise<WorkloadPath[]> {
    return (await this.workloads()).filter(({ workload }) => workload === name);
  }

  async catalogFile({
    team,
    workload,
  }: WorkloadPath): Promise<Buffer | OversizedFile | undefined> {
    const path = `${this.#parent}/${team}/${workload}/catalog-info.yaml`;
    const { repository, commit } = this.#options;
    const contents = await repository.readLimited({
      commit,
      paths: [path],
      maxBytes: FILE_BYTES.catalog,
    });
    return contents.get(path);
  }

  get #parent(): string {
    return repositoryPath(this.#options.rootDirectory, WORKLOADS_DIRECTORY);
  }

  async #directories(directory: string): Promise<string[]> {
    const { repository, commit } = this.#options;
    return [...(await repository.directories(commit, directory)).keys()];
  }
}
