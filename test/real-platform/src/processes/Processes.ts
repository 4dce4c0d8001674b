import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  stopProcesses,
  signal,
  type ProcessRecord,
  type Rank,
} from './stopProcesses';
import { lastLines } from './lastLines';
import { waitUntil } from './waitUntil';

interface ProcessToStart {
  name: string;
  rank: Rank;
  command: string;
  args: string[];
  environment?: Record<string, string>;
  /** Throws until the process is ready. */
  ready: () => Promise<unknown>;
}

/** The processes of a platform, which have one log each and stop together. */
export class Processes {
  readonly #logDirectory: string;
  readonly #environment: Record<string, string>;
  readonly #records: ProcessRecord[] = [];
  readonly #stopping = new AbortController();
  readonly #killAll = () => {
    for (const { pid } of this.#records) {
      signal(pid, 'SIGKILL');
    }
  };

  /** @param options.environment - the whole environment of the processes, which do not inherit the user's */
  constructor(options: {
    logDirectory: string;
    environment: Record<string, string>;
  }) {
    this.#logDirectory = options.logDirectory;
    this.#environment = options.environment;
    // No process stays behind, however this process exits.
    process.once('exit', this.#killAll);
  }

  /** Starts a process and waits until it is ready. */
  async start(options: ProcessToStart): Promise<void> {
    // Other processes may still be starting after one has failed.
    this.#stopping.signal.throwIfAborted();
    const { name, rank, command, args, environment, ready } = options;
    const logFile = join(this.#logDirectory, `${name}.log`);
    const log = openSync(logFile, 'a');
    const child = spawn(command, args, {
      // In its own session: Ctrl-C stops this process only, which stops the others in order.
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
    const exited = new Promise<never>((_, reject) => {
      child.on('error', reject);
      child.on('exit', (code, killedBy) =>
        reject(new Error(`${name} exited with ${code ?? killedBy}`)),
      );
    });
    // The users of a process notice a later exit.
    exited.catch(() => {});
    try {
      await Promise.race([waitUntil(name, ready, { signal: giveUp }), exited]);
    } catch (error) {
      failed.abort();
      const reason = error instanceof Error ? error.message : String(error);
      const tail = lastLines(await readFile(logFile, 'utf8'), 8);
      throw new Error(`${reason}; see ${logFile}\n${tail}`);
    }
  }

  /** The started processes, so that another program can stop them. */
  get records(): readonly ProcessRecord[] {
    return this.#records;
  }

  /** Keeps the processes running when this process exits. */
  release(): void {
    process.off('exit', this.#killAll);
  }

  /** Stops all processes in order. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await stopProcesses(this.#records);
    process.off('exit', this.#killAll);
  }
}
