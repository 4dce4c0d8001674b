import type { DirectoryOptions } from '@internal/platform-rules';
import { buildInputs } from './buildInputs';
import {
  buildManifests,
  InterruptedBuildError,
  type Manifests,
} from './buildManifests';
import type { Snapshot } from './Snapshot';

/** Result of building the directory of an Application at a commit. */
export interface Build {
  commit: string;
  /** Key of everything that the build depends on; see {@link buildInputs}. */
  inputs: string;
  /** Undefined when the build failed. */
  manifests?: Manifests;
  /** Argo CD's message when the build failed. */
  error?: string;
  /** True when the build took too long or was killed, so that it has to be tried again. */
  isInterrupted?: boolean;
}

/** Latest builds by directory. A build is used again while its inputs stay the same. */
export class BuildCache {
  readonly #build: typeof buildManifests;
  readonly #builds = new Map<string, Build>();

  constructor(build: typeof buildManifests = buildManifests) {
    this.#build = build;
  }

  /** @param directory - `spec.source.directory` of the Application */
  async get(
    snapshot: Snapshot,
    path: string,
    directory?: DirectoryOptions,
  ): Promise<Build> {
    const { commit } = snapshot;
    const files = await buildInputs(snapshot, path);
    const inputs = directory ? `${files} ${JSON.stringify(directory)}` : files;
    const last = this.#builds.get(path);
    if (last?.inputs === inputs && !last.isInterrupted) {
      return { ...last, commit };
    }
    const build = await this.#build(snapshot, path, { directory }).then(
      manifests => ({ commit, inputs, manifests }),
      (error: Error) => ({
        commit,
        inputs,
        error: error.message,
        isInterrupted: error instanceof InterruptedBuildError,
      }),
    );
    this.#builds.set(path, build);
    return build;
  }
}
