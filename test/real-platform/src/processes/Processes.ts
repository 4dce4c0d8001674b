import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  endProcesses,
  signal,
  type ProcessRecord,
  type Rank,
} from './endProcesses';
import { lastLines } from './lastLines';
import { waitUntil } from './waitUntil';

export interface ProcessToStart {
  name: string;
  rank: Rank;
  command: string;
  args: string[];
  environment?: Record<string, string>;
  /** Throws until the process can be used. */
  ready: () => Promise<unknown>;
}

/** The processes of one platform: each with a log of its own, all ended together. */
export class Processes {
  readonly #logDirectory: string;
  readonly #environment: Record<string, string>;
  readonly #records: ProcessRecord[] = [];
  readonly #stopping = new AbortController();
  readonly #endNow = () => {
    for (const { pid } of this.#records) {
      signal(pid, 'SIGKILL');
    }
  };

  /** @param options - `environment` is all that the processes see of the outside: no settings of the person who starts them. */
  static create(options: {
    logDirectory: string;
    environment: Record<string, string>;
  }): Processes {
    return new Processes(options.logDirectory, options.environment);
  }

  private constructor(
    logDirectory: string,
    environment: Record<string, string>,
  ) {
    this.#logDirectory = logDirectory;
    this.#environment = environment;
    // Whatever ends this process, nothing that it started stays behind.
    process.once('exit', this.#endNow);
  }

  /** Starts a process and waits until it is ready. */
  async start(options: ProcessToStart): Promise<void> {
    // Others may still be on their way up when one has failed.
    this.#stopping.signal.throwIfAborted();
    const { name, rank, command, args, environment, ready } = options;
    const logFile = join(this.#logDirectory, `${name}.log`);
    const log = openSync(logFile, 'a');
    const child = spawn(command, args, {
      // Its own session: Ctrl-C reaches this process only, which ends the others in order.
      detached: true,
      env: { ...this.#environment, ...environment },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    child.unref();
    if (child.pid !== undefined) {
      this.#records.push({ name, pid: child.pid, rank });
    }
    const failed = new AbortController();
    const giveUp = AbortSignal.any([failed.signal, this.#stopping.signal]);
    const ended = new Promise<never>((_, reject) => {
      child.on('error', reject);
      child.on('exit', (code, killedBy) =>
        reject(new Error(`${name} ended with ${code ?? killedBy}`)),
      );
    });
    // A process that ends later is noticed by those who use it.
    ended.catch(() => {});
    try {
      await Promise.race([waitUntil(name, ready, { signal: giveUp }), ended]);
    } catch (error) {
      failed.abort();
      const reason = error instanceof Error ? error.message : String(error);
      const tail = lastLines(await readFile(logFile, 'utf8'), 8);
      throw new Error(`${reason}; see ${logFile}\n${tail}`);
    }
  }

  /** What was started, for somebody else to end. */
  get records(): readonly ProcessRecord[] {
    return this.#records;
  }

  /** Leaves the processes running when this one ends. */
  release(): void {
    process.off('exit', this.#endNow);
  }

  /** Ends all processes, in order. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await endProcesses(this.#records);
    process.off('exit', this.#endNow);
  }
}
