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

/** Attempts to start a process that exits before it is ready. In a cluster, the kubelet restarts such a container. */
const MAX_STARTS = 3;

interface ProcessToStart {
  name: string;
  rank: Rank;
  command: string;
  args: string[];
  environment?: Record<string, string>;
  /** Throws until the process is ready. */
  ready: () => Promise<unknown>;
}

/** A process exited before it was ready. */
class ExitError extends Error {}

/** The last lines of a log, after the line in which a Go program says why it crashed: the stack trace below is long. */
function summarizeLog(log: string): string {
  const crash = log.match(/^(panic|fatal error): .*$/gm)?.at(-1);
  const tail = lastLines(log, 8);
  return crash === undefined || tail.includes(crash)
    ? tail
    : `${crash}\n…\n${tail}`;
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

  /**
   * Starts a process and waits until it is ready. Starts it again when it exits before it is ready: argocd-server was
   * seen to crash in one of its informers at start (exit code 2), which nobody notices where a kubelet restarts it.
   */
  async start(options: ProcessToStart): Promise<void> {
    for (let starts = 1; ; starts += 1) {
      try {
        await this.#startOnce(options);
        return;
      } catch (error) {
        if (!(error instanceof ExitError) || starts === MAX_STARTS) {
          throw error;
        }
        console.warn(`Starting ${options.name} again: ${error.message}`);
      }
    }
  }

  async #startOnce(options: ProcessToStart): Promise<void> {
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
    const failed = new AbortController();
    const giveUp = AbortSignal.any([failed.signal, this.#stopping.signal]);
    const exited = new Promise<never>((_, reject) => {
      child.on('error', reject);
      child.on('exit', (code, killedBy) =>
        reject(new ExitError(`${name} exited with ${code ?? killedBy}`)),
      );
    });
    // The users of a process notice a later exit.
    exited.catch(() => {});
    if (child.pid !== undefined) {
      this.#records.push({ name, pid: child.pid, rank });
    }
    try {
      await Promise.race([waitUntil(name, ready, { signal: giveUp }), exited]);
    } catch (error) {
      failed.abort();
      if (error instanceof ExitError) {
        // Another program may get its ID.
        this.#records.splice(
          this.#records.findIndex(record => record.pid === child.pid),
          1,
        );
      }
      const reason = error instanceof Error ? error.message : String(error);
      const excerpt = summarizeLog(await readFile(logFile, 'utf8'));
      const message = `${reason}; see ${logFile}\n${excerpt}`;
      throw error instanceof ExitError
        ? new ExitError(message)
        : new Error(message);
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
