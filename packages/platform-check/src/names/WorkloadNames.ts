import path from 'node:path';
import {
  type Layout,
  claimedRefs,
  FILE_BYTES,
  nameConflicts,
  type OversizedFile,
  readLimited,
  type WorkloadPath,
  type WorkloadSource,
} from '@internal/plugin-ml-platform-node/validation';
import { directoriesIn } from '../directoriesIn';
import { git } from '../git';

interface WorkloadNamesOptions {
  repository: string;
  layout: Layout;
  /** The base of the change, which may have moved on since the change left it. */
  base: string;
  /** The commit at which it left. */
  forkPoint: string;
  changedFiles: string[];
}

/**
 * Names of all workloads as they will be once the change is merged: those of the work tree, and those that were merged into
 * the base in the meantime.
 */
export class WorkloadNames implements WorkloadSource {
  readonly #options: WorkloadNamesOptions;
  /** By path of the directory; of the work tree unless a commit is given. */
  readonly #workloads: Map<string, WorkloadPath & { commit?: string }>;

  static async read(options: WorkloadNamesOptions): Promise<WorkloadNames> {
    const { repository, layout, base, changedFiles } = options;
    const workloads = new Map<string, WorkloadPath & { commit?: string }>();
    const changed = new Set(changedFiles);
    for (const file of await filesAt(repository, base, layout.workloads)) {
      const name = layout.workloadOf(file);
      // A changed file that is not in the work tree is one that the change deletes.
      if (name && !changed.has(file)) {
        workloads.set(keyOf(name), { ...name, commit: base });
      }
    }
    for (const team of await directoriesIn(
      path.join(repository, layout.workloads),
    )) {
      for (const workload of await directoriesIn(
        path.join(repository, layout.workloads, team),
      )) {
        workloads.set(keyOf({ team, workload }), { team, workload });
      }
    }
    return new WorkloadNames(options, workloads);
  }

  private constructor(
    options: WorkloadNamesOptions,
    workloads: Map<string, WorkloadPath & { commit?: string }>,
  ) {
    this.#options = options;
    this.#workloads = workloads;
  }

  async workloads(): Promise<WorkloadPath[]> {
    return [...this.#workloads.values()];
  }

  async catalogFile(
    workload: WorkloadPath,
  ): Promise<Buffer | OversizedFile | undefined> {
    const file = this.#catalogFileOf(workload);
    const commit = this.#workloads.get(keyOf(workload))?.commit;
    return commit
      ? readAt(this.#options.repository, commit, file)
      : readLimited(
          path.join(this.#options.repository, file),
          FILE_BYTES.catalog,
        ).catch(() => undefined);
  }

  /** Finds names that the change gives to a workload although another one has them. */
  async conflicts(
    workload: WorkloadPath,
  ): Promise<Array<{ ref: string; owner: WorkloadPath }>> {
    const { repository, layout, forkPoint } = this.#options;
    const directory = `${layout.workloads}/${keyOf(workload)}`;
    const existed =
      (await filesAt(repository, forkPoint, directory)).length > 0;
    const before = existed
      ? await claimedRefs(
          workload,
          await readAt(repository, forkPoint, this.#catalogFileOf(workload)),
        )
      : [];
    const refs = this.#workloads.has(keyOf(workload))
      ? await claimedRefs(workload, await this.catalogFile(workload))
      : [];
    return nameConflicts(
      this,
      workload,
      refs.filter(ref => !before.includes(ref)),
    );
  }

  #catalogFileOf(workload: WorkloadPath): string {
    const { layout } = this.#options;
    return `${layout.workloads}/${keyOf(workload)}/catalog-info.yaml`;
  }
}

function keyOf({ team, workload }: WorkloadPath): string {
  return `${team}/${workload}`;
}

async function filesAt(
  repository: string,
  commit: string,
  directory: string,
): Promise<string[]> {
  const output = await git(repository, [
    'ls-tree',
    '-r',
    '-z',
    '--full-tree',
    '--name-only',
    commit,
    '--',
    `${directory}/`,
  ]);
  return output.split('\0').filter(Boolean);
}

async function readAt(
  repository: string,
  commit: string,
  file: string,
): Promise<Buffer | OversizedFile | undefined> {
  const entry = `${commit}:${file}`;
  try {
    const bytes = Number(await git(repository, ['cat-file', '-s', entry]));
    return bytes > FILE_BYTES.catalog
      ? { bytes }
      : Buffer.from(await git(repository, ['cat-file', 'blob', entry]));
  } catch {
    // There is no such file at the commit.
    return undefined;
  }
}
