import type { LoggerService } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import {
  type CommandResult,
  CommandTimeoutError,
  runCommand,
} from '../command/runCommand';
import { gitFailure, unreachable } from './gitFailure';

const DEFAULT_TIMEOUT_MILLISECONDS = 15_000;
const CACHED_BYTES = 16 * 1024 * 1024;
/** Size of an entry beside its text. */
const ENTRY_BYTES = 200;
const OBJECT_ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

export interface GitRunOptions {
  input?: string | Buffer;
  /** Additions to the safe environment, for example `GIT_INDEX_FILE`. */
  environment?: Record<string, string>;
  timeoutMilliseconds?: number;
  maxOutputBytes?: number;
}

export interface GitCommandOptions {
  /** The bare repository. */
  directory: string;
  /** Safe environment, with the credentials that are valid now. */
  environment: () => Promise<Record<string, string>>;
  logger: LoggerService;
}

/** Runs Git in one bare repository, always in the same safe environment. */
export class GitCommand {
  readonly #directory: string;
  readonly #environment: GitCommandOptions['environment'];
  readonly #logger: LoggerService;
  readonly #ofObjects = new LRUCache<string, Buffer>({
    maxSize: CACHED_BYTES,
    sizeCalculation: (output, key) => output.length + key.length + ENTRY_BYTES,
  });

  constructor(options: GitCommandOptions) {
    this.#directory = options.directory;
    this.#environment = options.environment;
    this.#logger = options.logger;
  }

  get directory(): string {
    return this.#directory;
  }

  /** @throws an error for people when Git fails; Git's own message goes to the log. */
  async run(
    gitArguments: string[],
    options: GitRunOptions = {},
  ): Promise<Buffer> {
    const result = await this.attempt(gitArguments, options);
    if (result.exitCode !== 0) {
      throw this.failure(gitArguments, result);
    }
    return result.stdout;
  }

  /**
   * Runs Git like `run` with a command whose output depends on nothing but these objects, and remembers it: they never change.
   * Names of branches or tags do, and are looked up each time.
   */
  async describeObjects(
    gitArguments: string[],
    objects: string[],
    options: GitRunOptions = {},
  ): Promise<Buffer> {
    if (!objects.every(id => OBJECT_ID.test(id))) {
      return this.run(gitArguments, options);
    }
    const key = gitArguments.join('\0');
    const known = this.#ofObjects.get(key);
    if (known) {
      return known;
    }
    const output = await this.run(gitArguments, options);
    this.#ofObjects.set(key, output);
    return output;
  }

  /** Runs Git like `run`. @returns the output as text without the last line break. */
  async text(gitArguments: string[], options?: GitRunOptions): Promise<string> {
    return (await this.run(gitArguments, options)).toString('utf8').trimEnd();
  }

  /** Runs Git, and leaves a non-zero exit code to the caller. */
  async attempt(
    gitArguments: string[],
    options: GitRunOptions = {},
  ): Promise<CommandResult> {
    try {
      return await runCommand('git', gitArguments, {
        workingDirectory: this.#directory,
        environment: {
          ...(await this.#environment()),
          ...options.environment,
        },
        input: options.input,
        timeoutMilliseconds:
          options.timeoutMilliseconds ?? DEFAULT_TIMEOUT_MILLISECONDS,
        maxOutputBytes: options.maxOutputBytes,
      });
    } catch (error) {
      if (error instanceof CommandTimeoutError) {
        this.#logger.warn(`git ${gitArguments[0]}: ${error.message}`);
        throw unreachable();
      }
      throw error;
    }
  }

  failure(gitArguments: string[], result: CommandResult): Error {
    this.#logger.warn(
      `git ${gitArguments[0]} ended with ${
        result.exitCode
      }: ${result.stderr.trim()}`,
    );
    return gitFailure(gitArguments[0], result.stderr);
  }
}
