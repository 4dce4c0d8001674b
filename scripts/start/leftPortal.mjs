import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { dataDirectory, root } from '../setup/directories.mjs';
import { step } from '../setup/report.mjs';
import { backend, backendIsUp } from './backend.mjs';
import { leaveService } from './services.mjs';

const PATIENCE_MILLISECONDS = 10_000;

/** The portal on a platform other than the sandbox: it goes on when the script that started it has ended. */
export class LeftPortal {
  #overlay;
  #directory;

  /**
   * @param {string} platform - names the overlay `app-config.<platform>.yaml`, and the directory `.data/<platform>`, where
   *   the platform has left `platform.json` with the variables of the overlay as `portalEnvironment`
   */
  constructor(platform) {
    this.#overlay = `app-config.${platform}.yaml`;
    this.#directory = join(dataDirectory, platform);
  }

  isUp() {
    return this.#process() !== undefined;
  }

  /** Whether it runs on a platform that has been replaced since. */
  isOutdated() {
    return (
      this.isUp() &&
      statSync(this.#record).mtimeMs < statSync(this.#platform).mtimeMs
    );
  }

  /** Starts it and waits until people can sign in. */
  async start(tools) {
    const { portalEnvironment } = JSON.parse(
      readFileSync(this.#platform, 'utf8'),
    );
    mkdirSync(join(this.#directory, 'database'), { recursive: true });
    await step(
      { title: 'Starting the backend', usually: '20 seconds' },
      async () => {
        const { pid, ended } = leaveService(
          backend(
            {
              configs: ['app-config.yaml', this.#overlay],
              environment: portalEnvironment,
            },
            tools,
          ),
          tools,
        );
        writeFileSync(this.#record, JSON.stringify({ pid }));
        await Promise.race([backendIsUp(), ended]).catch(async error => {
          await this.stop();
          throw error;
        });
      },
    );
  }

  /** Ends it, if it is there; insists after a while. */
  async stop() {
    const pid = this.#process();
    if (pid !== undefined) {
      process.kill(pid, 'SIGTERM');
      const patienceEnds = performance.now() + PATIENCE_MILLISECONDS;
      while (this.isUp()) {
        if (performance.now() > patienceEnds) {
          process.kill(pid, 'SIGKILL');
        }
        await setTimeout(100);
      }
    }
    rmSync(this.#record, { force: true });
  }

  get #platform() {
    return join(this.#directory, 'platform.json');
  }

  get #record() {
    return join(this.#directory, 'portal.json');
  }

  /** The id of its process. A process that has the id but runs something else is somebody else's. */
  #process() {
    try {
      const { pid } = JSON.parse(readFileSync(this.#record, 'utf8'));
      const command = execFileSync(
        'ps',
        ['-ww', '-o', 'args=', '-p', `${pid}`],
        { encoding: 'utf8' },
      );
      return command.includes(root) && command.includes(this.#overlay)
        ? pid
        : undefined;
    } catch {
      // None was left, or it has ended since.
      return undefined;
    }
  }
}
