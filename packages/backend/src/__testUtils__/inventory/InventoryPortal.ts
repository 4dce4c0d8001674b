import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase } from '@internal/plugin-ml-platform-node/testing';
import { Callers } from '../Callers';
import { eventually } from '../eventually';
import type { FoundRoutes } from '../routeRecorder';
import { RunningPortal } from '../RunningPortal';
import { SigningKey } from '../SigningKey';
import { startSandboxTarget } from '../startSandboxTarget';
import { rogueTemplates } from './scaffolderActions';

const WORKLOADS = 'gitops/workloads/app-ml-team';

const DASHBOARD = 'Dashboard canary 4711';
const IMAGE_DIGEST = `sha256:${'4711'.repeat(16)}`;
const PARAMETER = 'Parameter canary 4711';
const REQUESTED = 'requested-canary';

/** The whole backend, with things of app-ml-team that nobody else may read, and everybody who asks for them. */
export class InventoryPortal {
  readonly #portal: RunningPortal;
  readonly #directory: string;
  readonly #names: Record<string, string>;
  readonly callers: Callers;
  readonly found: FoundRoutes;
  /** What only app-ml-team may read, by what it is. */
  readonly canaries: Record<string, string>;
  /** What the portal signs with. */
  readonly key: SigningKey;
  /** What it does not know. */
  readonly otherKey: SigningKey;

  static async start(database: TestDatabase): Promise<InventoryPortal> {
    const directory = mkdtempSync(join(tmpdir(), 'inventory-'));
    const key = SigningKey.create(mkdtempSync(join(directory, 'key-')));
    const otherKey = SigningKey.create(mkdtempSync(join(directory, 'key-')));
    const inventoryFile = join(directory, 'inventory.json');
    const portal = await RunningPortal.start(await startTarget(), database, {
      entry: 'src/__testUtils__/inventoryBackend.ts',
      environment: {
        INVENTORY_FILE: inventoryFile,
        NODE_PATH: writeApp(directory),
      },
      config: {
        ...key.config(),
        app: { packageName: 'inventory-app' },
        mlPlatform: { changeRequests: { pollSeconds: 1 } },
        search: {
          collators: {
            catalog: { schedule: { initialDelay: { seconds: 3 } } },
          },
        },
      },
    });
    try {
      const callers = Callers.create({ url: portal.url, key, otherKey });
      // Who somebody is in the catalog, the portal keeps from their sign-in.
      await portal.ask('ml-engineer', 'get', '/api/ml-platform/platform');
      await portal.ask('data-engineer', 'get', '/api/ml-platform/platform');
      const names = await findNames(callers);
      await until200(callers, '/api/search/query?term=ml');
      return new InventoryPortal({
        portal,
        directory,
        names,
        callers,
        found: await eventually(async () =>
          JSON.parse(readFileSync(inventoryFile, 'utf8')),
        ),
        canaries: {
          pod: names.pod,
          log: names.logText,
          dashboard: DASHBOARD,
          image: IMAGE_DIGEST,
          'task parameter': PARAMETER,
          'requested name': REQUESTED,
          'training run': 'churn-training-20261120-1',
          vulnerability: 'CVE-2024-37052',
        },
        key,
        otherKey,
      });
    } catch (error) {
      await portal.stop();
      throw error;
    }
  }

  private constructor(options: {
    portal: RunningPortal;
    directory: string;
    names: Record<string, string>;
    callers: Callers;
    found: FoundRoutes;
    canaries: Record<string, string>;
    key: SigningKey;
    otherKey: SigningKey;
  }) {
    this.#portal = options.portal;
    this.#directory = options.directory;
    this.#names = options.names;
    this.callers = options.callers;
    this.found = options.found;
    this.canaries = options.canaries;
    this.key = options.key;
    this.otherKey = options.otherKey;
  }

  get url(): string {
    return this.#portal.url;
  }

  /** Puts the names of what there is for `{pod}` and the like. */
  fill(text: string): string {
    return text.replace(/\{(\w+)\}/g, (_, name) => this.#names[name]);
  }

  async stop() {
    await this.#portal.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

function startTarget() {
  return startSandboxTarget({
    templates: rogueTemplates(),
    plant: {
      [`${WORKLOADS}/ml-backend/dashboard/dashboard.json`]: [
        '"title": "ml-backend"',
        `"title": "${DASHBOARD}"`,
      ],
      [`${WORKLOADS}/feature-api/overlays/dev/image.yaml`]: [
        'http-echo:1.0.0',
        `http-echo:1.0.0@${IMAGE_DIGEST}`,
      ],
    },
  });
}

/** A built app, so that its routes are there whether or not somebody has built the real one. */
function writeApp(directory: string): string {
  const packages = join(directory, 'packages');
  const dist = join(packages, 'inventory-app/dist');
  mkdirSync(join(dist, 'static'), { recursive: true });
  writeFileSync(join(dist, '../package.json'), '{"name":"inventory-app"}');
  writeFileSync(join(dist, 'index.html'), '<html><head></head></html>');
  writeFileSync(join(dist, 'static/main.js'), '//');
  return packages;
}

/** Requests something as the owner, and finds it and what else is asked for. */
async function findNames(callers: Callers): Promise<Record<string, string>> {
  const read = async (path: string) =>
    JSON.parse(await until200(callers, path));
  const pod = await findPod(callers);
  const task = JSON.parse(
    await until200(callers, '/api/scaffolder/v2/tasks', {
      templateRef: 'template:default/ml-service',
      values: {
        team: 'app-ml-team',
        name: REQUESTED,
        description: PARAMETER,
        image: 'ghcr.io/acme/x:1.0.0',
        port: 8080,
        size: 'small',
      },
    }),
  );
  const log = await read(
    `/api/ml-platform/clusters/sandbox/namespaces/app-ml-team-dev/pods/${pod}/logs`,
  );
  const application = await read(
    '/api/argocd/argoInstance/argocd/applications/name/app-ml-team--ml-backend--dev',
  );
  const entity = await read(
    '/api/catalog/entities/by-name/component/default/ml-backend',
  );
  return {
    pod,
    task: task.id,
    // Without what JSON would write otherwise.
    logText: /[\w :./-]{12,}/.exec(log.text)![0],
    digest: IMAGE_DIGEST,
    request: await eventually(async () => {
      const { items } = await read('/api/ml-platform/change-requests');
      return `${items[0].number}`;
    }),
    run: await eventually(async () => {
      const { items } = await read('/api/ml-platform/teams/app-ml-team/runs');
      return items[0].id;
    }),
    revision: application.status.sync.revision,
    uid: entity.metadata.uid,
  };
}

function findPod(callers: Callers): Promise<string> {
  return eventually(async () => {
    const body = await until200(
      callers,
      '/api/kubernetes/resources/workloads/query',
      { entityRef: 'component:default/ml-backend', auth: {} },
    );
    const [pod] =
      /ml-backend-[a-z0-9]+-[a-z0-9]{5}(?=","namespace":"app-ml-team-dev)/.exec(
        JSON.stringify(JSON.parse(body)),
      )!;
    return pod;
  });
}

/** The answer that the owner gets once the platform is as far. */
function until200(
  callers: Callers,
  path: string,
  body?: object,
): Promise<string> {
  return eventually(async () => {
    const method = body ? 'POST' : 'GET';
    const answer = await callers.ask('owner', method, path, body);
    if (answer.status !== 200 && answer.status !== 201) {
      throw new Error(`${path}: ${answer.status} ${answer.body}`);
    }
    return answer.body;
  });
}
