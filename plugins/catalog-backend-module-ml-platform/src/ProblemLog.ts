import type { LoggerService } from '@backstage/backend-plugin-api';

interface ProblemLogOptions {
  logger: LoggerService;
}

/** Logs each problem once while it lasts. A round is one reading of all workloads. */
export class ProblemLog {
  readonly #logger: LoggerService;
  #before = new Set<string>();
  #now = new Set<string>();

  constructor(options: ProblemLogOptions) {
    this.#logger = options.logger;
  }

  report(message: string) {
    // Values of users must not look like lines of the log.
    const line = message.replace(/\p{Cc}+/gu, ' ');
    if (!this.#before.has(line) && !this.#now.has(line)) {
      this.#logger.warn(line);
    }
    this.#now.add(line);
  }

  endRound() {
    this.#before = this.#now;
    this.#now = new Set();
  }
}
