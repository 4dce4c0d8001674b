import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase } from '@internal/plugin-ml-platform-node/testing';
import { unusedActionTemplates } from './inventory/scaffolderActions';
import { SigningKey } from './inventory/SigningKey';
import { pushNewTemplate } from './pushNewTemplate';
import { RunningPortal } from './RunningPortal';
import { startSandboxTarget } from './startSandboxTarget';

const WORKLOADS = 'gitops/workloads/app-ml-team';

/** Texts in the platform repository that only app-ml-team may read. */
export const PLANTED = {
  dashboard: 'Dashboard canary 4711',
  imageDigest: `sha256:${'4711'.repeat(16)}`,
};

/** A portal on the sandbox that several groups of tests share, because a whole backend takes many seconds to start. */
export class SharedPortal {
  readonly portal: RunningPortal;
  /** The key that the portal signs user tokens with. */
  readonly key: SigningKey;
  readonly #directory: string;

  static async start(database: TestDatabase): Promise<SharedPortal> {
    const directory = mkdtempSync(join(tmpdir(), 'shared-portal-'));
    const key = new SigningKey(directory);
    const portal = await RunningPortal.start(await startTarget(), database, {
      environment: { NODE_PATH: writeApp(directory) },
      config: {
        ...key.config(),
        app: { packageName: 'test-app' },
        mlPlatform: { changeRequests: { pollSeconds: 1 } },
        search: {
          collators: {
            catalog: { schedule: { initialDelay: { seconds: 3 } } },
          },
        },
      },
    });
    return new SharedPortal({ portal, key, directory });
  }

  private constructor(options: {
    portal: RunningPortal;
    key: SigningKey;
    directory: string;
  }) {
    this.portal = options.portal;
    this.key = options.key;
    this.#directory = options.directory;
  }

  async stop(): Promise<void> {
    await this.portal.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

async function startTarget() {
  const target = await startSandboxTarget({
    templates: unusedActionTemplates(),
    replacements: {
      [`${WORKLOADS}/ml-backend/overlays/dev/dashboard/dashboard.json`]: [
        '"title": "ml-backend"',
        `"title": "${PLANTED.dashboard}"`,
      ],
      [`${WORKLOADS}/feature-api/overlays/dev/image.yaml`]: [
        'http-echo:1.0.0',
        `http-echo:1.0.0@${PLANTED.imageDigest}`,
      ],
    },
  });
  await pushNewTemplate(target);
  return target;
}

/** Writes a minimal built app, so that the routes of the app exist even if nobody has built the real one. */
function writeApp(directory: string): string {
  const packages = join(directory, 'packages');
  const dist = join(packages, 'test-app/dist');
  mkdirSync(join(dist, 'static'), { recursive: true });
  writeFileSync(join(dist, '../package.json'), '{"name":"test-app"}');
  writeFileSync(join(dist, 'index.html'), '<html><head></head></html>');
  writeFileSync(join(dist, 'static/main.js'), '//');
  return packages;
}
