import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  ApiServer,
  startRealPlatform,
  waitUntil,
  type RealPlatform,
} from '@internal/real-platform';
import { DryRuns } from './DryRuns';

const run = promisify(execFile);
const policies = path.resolve(__dirname, '../../../../infra/gitops/policies');

interface TeamNamespace {
  team: string;
  environment: string;
  labels?: Record<string, string>;
}

/** A real control plane with namespaces of teams, and optionally the policies. */
export class PolicedCluster {
  readonly #platform: RealPlatform;
  readonly #dryRuns: DryRuns;

  static async start(
    namespaces: TeamNamespace[] = [
      { team: 'app-ml-team', environment: 'dev' },
      { team: 'app-data-team', environment: 'dev' },
    ],
  ): Promise<PolicedCluster> {
    const cluster = new PolicedCluster(
      await startRealPlatform({ components: ['kubernetes'] }),
    );
    await cluster.apply(
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [
          ...new Map(
            namespaces.map(one => [`${one.team}/${one.environment}`, one]),
          ).values(),
        ].map(namespace),
      }),
    );
    return cluster;
  }

  private constructor(platform: RealPlatform) {
    this.#platform = platform;
    const { kubernetes } = platform;
    if (!kubernetes) {
      throw new Error('Kubernetes did not start');
    }
    const server = new ApiServer({
      authority: readFileSync(kubernetes.caFile, 'utf8'),
      token: kubernetes.adminToken,
    });
    this.#dryRuns = new DryRuns(server, kubernetes.url);
  }

  /** Applies the policies, and waits until the API server enforces them. */
  async enforcePolicies() {
    await this.kubectl(['apply', '--server-side', '--kustomize', policies]);
    const forbidden = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'probe', namespace: 'app-ml-team-dev' },
      spec: { type: 'NodePort', ports: [{ port: 80 }] },
    });
    await this.untilRejected(forbidden);
  }

  /** Waits until the API server refuses an object: policies and their parameters take a moment to be in force. */
  async untilRejected(text: string) {
    await waitUntil('the policies to be in force', async () => {
      if (!(await this.rejectionOf(text))) {
        throw new Error('A forbidden object is accepted');
      }
    });
  }

  /** The error of a dry run that creates or changes an object; empty if the API server accepts it. */
  async rejectionOf(text: string, options: string[] = []): Promise<string> {
    return this.rejection(() =>
      this.apply(text, ['--dry-run=server', '--validate=strict', ...options]),
    );
  }

  /** The same for one object of the corpus, without a kubectl per object: these are hundreds. */
  async verdictOf(text: string): Promise<string> {
    return (
      (await this.#dryRuns.rejectionOf(text)) ?? (await this.rejectionOf(text))
    );
  }

  async rejection(action: () => Promise<unknown>): Promise<string> {
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

function namespace({ team, environment, labels }: TeamNamespace) {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: environment === 'prod' ? team : `${team}-${environment}`,
      labels: {
        ...labels,
        'ml-platform.io/team': team,
        'ml-platform.io/environment': environment,
        'pod-security.kubernetes.io/enforce': 'restricted',
      },
    },
  };
}
