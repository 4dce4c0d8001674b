import { Kubectl } from '../kubernetes/Kubectl';
import type { RealPlatform } from '../startRealPlatform';

export interface ClusterObject {
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
}

export interface Application extends ClusterObject {
  spec: {
    project: string;
    source: { path: string };
    destination: { namespace?: string };
  };
  status?: {
    sync?: { status: string; revision?: string };
    health?: { status: string };
    conditions?: { type: string; message: string }[];
    operationState?: {
      phase: string;
      message?: string;
      syncResult?: {
        resources?: { kind: string; status?: string; message?: string }[];
      };
    };
  };
}

/** Questions about the real cluster, as its administrator. */
export class Cluster {
  readonly kubectl: Kubectl;

  static create({ kubernetes, directory }: RealPlatform): Cluster {
    if (!kubernetes) {
      throw new Error('The platform has no Kubernetes');
    }
    return new Cluster(
      Kubectl.create({
        kubeconfig: kubernetes.kubeconfig,
        // Without a home, kubectl's cache would go into the checkout.
        environment: { PATH: process.env.PATH ?? '', HOME: directory },
      }),
    );
  }

  private constructor(kubectl: Kubectl) {
    this.kubectl = kubectl;
  }

  /** @param where - for example `--all-namespaces`. */
  async list<Item extends ClusterObject>(
    type: string,
    ...where: string[]
  ): Promise<Item[]> {
    const answer = await this.kubectl.run([
      'get',
      type,
      ...where,
      '--output=json',
    ]);
    const { items }: { items: Item[] } = JSON.parse(answer);
    return items;
  }

  applications(): Promise<Application[]> {
    return this.list('applications.argoproj.io', '--namespace=argocd');
  }

  async application(name: string): Promise<Application | undefined> {
    const all = await this.applications();
    return all.find(({ metadata }) => metadata.name === name);
  }

  /** Has the ApplicationSets look at Git now instead of at their next turn; Applications are told by Gitea. */
  async refresh(): Promise<void> {
    await this.kubectl.run([
      'annotate',
      'applicationsets',
      '--all',
      '--namespace=argocd',
      '--overwrite',
      'argocd.argoproj.io/application-set-refresh=true',
    ]);
  }
}
