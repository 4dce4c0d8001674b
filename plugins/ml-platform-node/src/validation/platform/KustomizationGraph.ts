import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  KUSTOMIZATION_BYTES,
  KUSTOMIZATION_FILES,
  parseKustomization,
} from '@internal/platform-rules';

interface Node {
  component: boolean;
  /** Paths of its directories and files, relative to the repository's root. */
  loads: string[];
}

/** The graph of directories that kustomizations load, without building them. */
export class KustomizationGraph {
  readonly #nodes = new Map<string, Node>();

  /** Reads the kustomizations below directories. An invalid one loads nothing: its build reports the error. */
  static async read(
    repository: string,
    directories: string[],
  ): Promise<KustomizationGraph> {
    const graph = new KustomizationGraph();
    for (const directory of directories) {
      const files = await readdir(path.join(repository, directory), {
        recursive: true,
      }).catch(() => []);
      await Promise.all(
        files
          .filter(file => KUSTOMIZATION_FILES.includes(path.basename(file)))
          .map(file => graph.#add(repository, path.join(directory, file))),
      );
    }
    return graph;
  }

  /** Kustomizations, except components, that are at one of the paths or load something at or below it. */
  affectedBy(changedFiles: string[]): string[] {
    const changed = new Set(changedFiles.flatMap(file => ancestors(file)));
    return [...this.#nodes]
      .filter(([, node]) => !node.component)
      .map(([directory]) => directory)
      .filter(directory =>
        [...this.#closure(directory)].some(loaded => changed.has(loaded)),
      )
      .sort();
  }

  /** Checks if the kustomization of a directory loads a file, or a directory that the file is in. */
  isLoadedBy(directory: string, file: string): boolean {
    const loaded = this.#closure(directory);
    return ancestors(file).some(ancestor => loaded.has(ancestor));
  }

  async #add(repository: string, file: string) {
    const directory = path.dirname(file);
    const absolute = path.join(repository, file);
    const isReadable = await stat(absolute).then(
      status => status.isFile() && status.size <= KUSTOMIZATION_BYTES,
      () => false,
    );
    const parsed = parseKustomization(
      isReadable ? await readFile(absolute, 'utf8') : '',
    );
    const {
      kind,
      resources = [],
      components = [],
    } = 'kustomization' in parsed ? parsed.kustomization : {};
    this.#nodes.set(directory, {
      component: kind === 'Component',
      loads: [...resources, ...components].map(entry =>
        path.join(directory, entry).replace(/\/$/, ''),
      ),
    });
  }

  #closure(directory: string, seen = new Set<string>()): Set<string> {
    if (!seen.has(directory)) {
      seen.add(directory);
      for (const loaded of this.#nodes.get(directory)?.loads ?? []) {
        this.#closure(loaded, seen);
      }
    }
    return seen;
  }
}

/** The path and all its parent directories. */
function ancestors(file: string): string[] {
  return file
    .split('/')
    .map((_, index, names) => names.slice(0, index + 1).join('/'));
}
