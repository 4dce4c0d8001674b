import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from '@internal/real-platform';
import { Child, type Reply } from '../Child';
import type { ForgeCommand } from '../fixture/forge';
import type { BackendCommand } from '../subjects/runBackend';
import { signIn } from '../withBackend';
import { requesters, writeCatalog } from './writeCatalog';

const POLL_MS = 50;
const ACCOUNT = { username: 'portal-bot', password: 'sandbox-portal-token' };

/** A backend that opens pull requests on a forge, in processes of their own. */
export interface Requests {
  /** Requests a service. @returns milliseconds until its pull request is open. */
  request(name: string, requester: string): Promise<number>;
  /** Calls, content writes and bytes that the forge has served since the last call. */
  counts(): Promise<Reply>;
}

/** Runs `work` with a new forge and a new backend: ours, or Backstage's own action. */
export async function withRequests<T>(
  subject: 'ours' | 'stock',
  work: (requests: Requests) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-requests-'));
  const forge = new Child<ForgeCommand>('fixture/forge.ts');
  const backend = new Child<BackendCommand>(
    subject === 'ours' ? 'subjects/requests.ts' : 'subjects/stockRequests.ts',
    { quiet: true },
  );
  try {
    const { port: forgePort } = await forge.ask({ do: 'serve' });
    const { port } = await freePorts(['port']);
    const host = `127.0.0.1:${forgePort}`;
    await backend.ask({
      do: 'start',
      port,
      cluster: 'http://127.0.0.1:1',
      config: configOf({ directory, host, subject, port }),
    });
    const url = `http://127.0.0.1:${port}`;
    const template = subject === 'ours' ? 'ml-service' : 'stock';
    const tokens = new Map<string, string>();
    for (const name of requesters) {
      tokens.set(name, await eventually(() => signIn(url, name)));
    }
    const send = async (requester: string, path: string, body?: object) => {
      const response = await fetch(`${url}${path}`, {
        headers: {
          authorization: `Bearer ${tokens.get(requester)}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
      });
      if (!response.ok) {
        throw new Error(`${path}: ${response.status} ${await response.text()}`);
      }
      return response.json();
    };
    const entity = `/api/catalog/entities/by-name/template/default/${template}`;
    await eventually(() => send(requesters[0], entity));
    return await work({
      request: async (name, requester) => {
        const startedAt = performance.now();
        const { id } = await send(requester, '/api/scaffolder/v2/tasks', {
          templateRef: `template:default/${template}`,
          values: {
            team: 'app-ml-team',
            name,
            description: 'Measured, then forgotten.',
            image: 'ghcr.io/mlflow/mlflow:v2.20.3',
            port: 8080,
            size: 'small',
          },
        });
        const path = `/api/scaffolder/v2/tasks/${id}`;
        for (;;) {
          const { status } = await send(requester, path);
          if (status === 'completed') {
            return performance.now() - startedAt;
          }
          if (status === 'failed') {
            const events = await send(requester, `${path}/events`);
            throw new Error(JSON.stringify(events.at(-1).body));
          }
          await delay(POLL_MS);
        }
      },
      counts: () => forge.ask({ do: 'counts' }),
    });
  } finally {
    await Promise.all([backend.end(), forge.end()]);
    rmSync(directory, { recursive: true });
  }
}

function configOf(options: {
  directory: string;
  host: string;
  subject: 'ours' | 'stock';
  port: number;
}) {
  const { directory, host, subject, port } = options;
  const baseUrl = `http://127.0.0.1:${port}`;
  const forgeUrl = `http://${host}`;
  const { people, stockTemplate } = writeCatalog(directory);
  const template =
    subject === 'ours'
      ? {
          type: 'url',
          target: `${forgeUrl}/acme/platform/src/branch/main/templates/catalog-info.yaml`,
          rules: [{ allow: ['Location', 'Template'] }],
        }
      : {
          type: 'file',
          target: stockTemplate,
          rules: [{ allow: ['Template'] }],
        };
  return {
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
      reading: { allow: [{ host }] },
      workingDirectory: directory,
    },
    auth: {
      environment: 'development',
      providers: {
        sandbox: {
          personas: requesters.map(user => ({ user, title: user })),
        },
      },
    },
    catalog: {
      locations: [
        { type: 'file', target: people, rules: [{ allow: ['User', 'Group'] }] },
        template,
      ],
    },
    integrations: { gitea: [{ host, baseUrl: forgeUrl, ...ACCOUNT }] },
    scaffolder: {
      defaultAuthor: { name: 'Portal', email: 'portal@example.com' },
    },
    mlPlatform: {
      repository: {
        url: `${forgeUrl}/acme/platform.git`,
        rootDirectory: 'infra',
        trailerSecret: 'bench-trailer-secret',
      },
      environments: [
        { name: 'dev', cluster: 'sandbox', namespaceSuffix: '-dev' },
        { name: 'staging', cluster: 'sandbox', namespaceSuffix: '-staging' },
        { name: 'uat', cluster: 'sandbox', namespaceSuffix: '-uat' },
        { name: 'prod', cluster: 'sandbox' },
      ],
      groups: {
        platform: 'group:default/platform-team',
        security: 'group:default/security-team',
      },
    },
  };
}

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (let seconds = 0; ; seconds += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (seconds === 120) {
        throw error;
      }
      await delay(1_000);
    }
  }
}
