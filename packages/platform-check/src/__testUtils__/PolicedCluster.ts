import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { startRealPlatform, type RealPlatform } from '@internal/real-platform';

const run = promisify(execFile);
const policies = path.resolve(__dirname, '../../../../infra/gitops/policies');

/** A real control plane with namespaces as tenants/ makes them, and the policies when they are wanted. */
export class PolicedCluster {
  readonly #platform: RealPlatform;

  static async start(): Promise<PolicedCluster> {
    const cluster = new PolicedCluster(
      await startRealPlatform({ components: ['kubernetes'] }),
    );
    await cluster.apply(
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: ['app-ml-team', 'app-data-team'].map(namespace),
      }),
    );
    return cluster;
  }

  private constructor(platform: RealPlatform) {
    this.#platform = platform;
  }

  /** Puts the policies into force. The API server takes a moment to read them. */
  async police() {
    await this.kubectl(['apply', '--server-side', '--kustomize', policies]);
    const forbidden = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'probe', namespace: 'app-ml-team-dev' },
      spec: { type: 'NodePort', ports: [{ port: 80 }] },
    });
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if (await this.refusalOf(forbidden)) {
        return;
      }
      await new Promise(resolve => {
        setTimeout(resolve, 200);
      });
    }
    throw new Error('The policies do not come into force.');
  }

  /** What the API server says against the creation or change of an object, if anything. Nothing is stored. */
  async refusalOf(text: string, options: string[] = []): Promise<string> {
    return this.refusal(() =>
      this.apply(text, ['--dry-run=server', '--validate=strict', ...options]),
    );
  }

  async refusal(action: () => Promise<unknown>): Promise<string> {
    try {
      await action();
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  apply(text: string, options: string[] = []): Promise<string> {
    return this.kubectl(
      [
        'apply',
        '--server-side',
        '--force-conflicts',
        ...options,
        '--filename=-',
      ],
      text,
    );
  }

  async kubectl(args: string[], input?: string): Promise<string> {
    const running = run('kubectl', [
      ...args,
      `--kubeconfig=${this.#platform.kubernetes?.kubeconfig}`,
    ]);
    running.child.stdin?.end(input);
    return (await running).stdout;
  }

  async stop() {
    await this.#platform.stop();
  }
}

function namespace(team: string) {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: `${team}-dev`,
      labels: {
        'ml-platform.io/team': team,
        'ml-platform.io/environment': 'dev',
        'pod-security.kubernetes.io/enforce': 'restricted',
      },
    },
  };
}
