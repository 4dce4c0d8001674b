import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type {
  MlPlatformConfig,
  PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import {
  planDifferences,
  platformFilePath,
} from '@internal/plugin-ml-platform-node/plan';

/** Compares the portal's configuration with the plan of the platform repository, `platform.yaml`. */
export class PlanAgreement {
  readonly #repository: PlatformRepository;
  readonly #config: MlPlatformConfig;
  readonly #logger: LoggerService;
  #last: { commit: string; differences: string[] } | undefined;

  constructor(options: {
    repository: PlatformRepository;
    config: MlPlatformConfig;
    logger: LoggerService;
  }) {
    this.#repository = options.repository;
    this.#config = options.config;
    this.#logger = options.logger;
  }

  /**
   * Compares at startup. Without the repository the portal starts, and compares when pages are read.
   *
   * @throws InputError with all differences.
   */
  async assertAtStart(): Promise<void> {
    const differences = await this.differences();
    if (differences.length > 0) {
      throw new InputError(
        `The portal's configuration differs from the platform repository, so that it would show and change the wrong namespaces. Correct whichever is wrong: ${differences.join(
          ' ',
        )}`,
      );
    }
  }

  /** Lists the differences from the last known plan; none while it cannot be read. */
  async differences(): Promise<string[]> {
    try {
      const commit =
        this.#repository.lastKnownHead() ?? (await this.#repository.head());
      if (this.#last?.commit !== commit) {
        this.#last = { commit, differences: await this.#compare(commit) };
      }
      return this.#last.differences;
    } catch (error) {
      this.#logger.warn(
        'Could not compare the configuration with the plan of the platform repository',
        error instanceof Error ? error : undefined,
      );
      return [];
    }
  }

  async #compare(commit: string): Promise<string[]> {
    const path = platformFilePath(this.#config.repository.rootDirectory);
    const files = await this.#repository.read(commit, [path]);
    const text = files.get(path)?.toString('utf8');
    return (text && planDifferences(text, this.#config)) || [];
  }
}
