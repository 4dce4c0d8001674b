import { repositoryPath } from '@internal/plugin-ml-platform-common';

/** Files of a platform repository, by path relative to its root directory (`infra`). */
export class PlatformFiles {
  readonly rootDirectory: string;
  readonly #files: ReadonlyMap<string, string>;

  /**
   * @param files - by path relative to the repository's root
   * @param rootDirectory - the directory of `gitops/` and `terraform/`; empty for the repository's root
   */
  constructor(files: ReadonlyMap<string, string>, rootDirectory: string) {
    this.rootDirectory = rootDirectory;
    this.#files = files;
  }

  /** The files after a change; `undefined` deletes. */
  with(changes: ReadonlyMap<string, string | undefined>): PlatformFiles {
    const files = new Map(this.#files);
    for (const [path, content] of changes) {
      if (content === undefined) {
        files.delete(path);
      } else {
        files.set(path, content);
      }
    }
    return new PlatformFiles(files, this.rootDirectory);
  }

  /** The path relative to the repository's root. */
  pathOf(name: string): string {
    return repositoryPath(this.rootDirectory, name);
  }

  /** Paths of all files, relative to the repository's root. */
  paths(): string[] {
    return [...this.#files.keys()].sort();
  }

  /** @param path - relative to the repository's root */
  read(path: string): string | undefined {
    return this.#files.get(path);
  }

  get(name: string): string | undefined {
    return this.read(this.pathOf(name));
  }

  /** @param name - a file, or a directory that ends in "/" */
  has(name: string): boolean {
    return name.endsWith('/')
      ? this.below(name.slice(0, -1)).length > 0
      : this.get(name) !== undefined;
  }

  /** Files below a directory, relative to the root directory, sorted. */
  below(directory: string): string[] {
    const prefix = this.pathOf(`${directory}/`);
    const from = this.pathOf('x').length - 1;
    return [...this.#files.keys()]
      .filter(path => path.startsWith(prefix))
      .map(path => path.slice(from))
      .sort();
  }

  /** Names of subdirectories, sorted. */
  directoriesIn(directory: string): string[] {
    const names = this.below(directory)
      .map(name => name.slice(directory.length + 1).split('/'))
      .filter(segments => segments.length > 1)
      .map(([name]) => name);
    return [...new Set(names)];
  }
}
