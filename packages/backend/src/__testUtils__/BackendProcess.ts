import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { eventually } from '@internal/plugin-ml-platform-node/testing';
import type { FoundRoutes } from './routeRecorder';

const PACKAGE = resolve(__dirname, '../..');

/** A process that runs `src/index.ts` with the route recorder. */
export class BackendProcess {
  readonly #process: ChildProcess;
  readonly #logFile: string;

  constructor(options: {
    configFiles: string[];
    environment: Record<string, string>;
    logFile: string;
    /** Modules to load before the backend. */
    preload?: string[];
  }) {
    const { configFiles, environment, logFile, preload = [] } = options;
    this.#logFile = logFile;
    const output = openSync(logFile, 'w');
    this.#process = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        '--require',
        resolve(__dirname, 'routeRecorder.ts'),
        ...preload.flatMap(file => ['--require', file]),
        'src/index.ts',
        ...configFiles.flatMap(file => ['--config', file]),
      ],
      {
        cwd: PACKAGE,
        env: { ...process.env, ...environment, NODE_ENV: 'development' },
        stdio: ['ignore', output, output, 'ipc'],
      },
    );
    closeSync(output);
    process.once('exit', () => this.#process.kill());
  }

  /** Resolves once the address answers with success. */
  async untilReady(url: string): Promise<void> {
    await eventually(
      async () => {
        const response = await fetch(url).catch(() => undefined);
        if (!response?.ok && !this.#hasExited()) {
          throw new Error(`${url} responds with ${response?.status}`);
        }
      },
      { seconds: 300 },
    ).catch(error => this.#fail(error));
    if (this.#hasExited()) {
      await this.#fail(new Error(`Exit code ${this.#process.exitCode}`));
    }
  }

  async findRoutes(): Promise<FoundRoutes> {
    const received = new Promise<FoundRoutes>(done => {
      this.#process.on('message', ({ type, found }: RecorderMessage) => {
        // The transform reports every file that it loads in the same channel.
        if (type === 'routes') {
          done(found);
        }
      });
    });
    this.#process.send('findRoutes');
    return received;
  }

  /** Calls back with messages that the process sends to this one. */
  onMessage(listener: (message: unknown) => void): void {
    this.#process.on('message', listener);
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (!this.#hasExited()) {
      this.#process.kill(signal);
      await once(this.#process, 'exit');
    }
  }

  /** Lets a process go on that stopped. */
  resume(): void {
    this.#process.kill('SIGCONT');
  }

  #hasExited(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  async #fail(cause: unknown): Promise<never> {
    const lines = (await readFile(this.#logFile, 'utf8')).split('\n');
    throw new Error(
      `The backend did not start:\n${lines.slice(-30).join('\n')}`,
      { cause },
    );
  }
}

interface RecorderMessage {
  type: string;
  found: FoundRoutes;
}
