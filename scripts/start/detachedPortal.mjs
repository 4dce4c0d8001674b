import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  dataDirectory,
  makeDataDirectory,
  root,
} from '../setup/directories.mjs';
import { step } from '../setup/report.mjs';
import { backend, waitForBackend } from './backend.mjs';
import { startDetached } from './services.mjs';

const GRACE_MILLISECONDS = 10_000;

/** A portal that keeps running after the script that started it has exited. */
export class DetachedPortal {
  #overlay;
  #directory;

  /**
   * @param {string} platform - names the overlay `app-config.<platform>.yaml`, and the directory `.data/<platform>`, whose
   *   `platform.json` has the variables of the overlay as `portalEnvironment`
   */
  constructor(platform) {
    this.#overlay = `app-config.${platform}.yaml`;
    this.#directory = join(dataDirectory, platform);
  }

  isRunning() {
    return this.#process() !== undefined;
  }

  /** Checks for a portal on a platform that has been replaced since. */
  isOutdated() {
    return (
      this.isRunning() &&
      statSync(this.#record).mtimeMs < statSync(this.#platform).mtimeMs
    );
  }

  /** Starts the portal, and waits until users can sign in. */
  async start(tools) {
    const { portalEnvironment } = JSON.parse(
      readFileSync(this.#platform, 'utf8'),
    );
    makeDataDirectory(join(this.#directory, 'database'));
    await step(
      { title: 'Starting the backend', usually: '20 seconds' },
      async () => {
        const { pid, exited } = startDetached(
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
        await Promise.race([waitForBackend(), exited]).catch(async error => {
          await this.stop();
          throw error;
        });
      },
    );
  }

  /** Stops the portal if it runs, and kills it after a grace period. */
  async stop() {
    const pid = this.#process();
    if (pid !== undefined) {
      process.kill(pid, 'SIGTERM');
      const deadline = performance.now() + GRACE_MILLISECONDS;
      while (this.isRunning()) {
        if (performance.now() > deadline) {
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

  /** The portal's process id, unless another program has reused it. */
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
      // The portal was never started, or has exited.
      return undefined;
    }
  }
}
