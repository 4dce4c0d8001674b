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

/** Queries to a real cluster as its administrator. */
export class Cluster {
  readonly kubectl: Kubectl;

  constructor({ kubernetes, directory }: RealPlatform) {
    if (!kubernetes) {
      throw new Error('The platform has no Kubernetes');
    }
    this.kubectl = new Kubectl({
      kubeconfig: kubernetes.kubeconfig,
      // Without a home directory, kubectl writes its cache into the checkout.
      environment: { PATH: process.env.PATH ?? '', HOME: directory },
    });
  }

  /** @param args - for example `--all-namespaces` */
  async list<Item extends ClusterObject>(
    type: string,
    ...args: string[]
  ): Promise<Item[]> {
    const output = await this.kubectl.run([
      'get',
      type,
      ...args,
      '--output=json',
    ]);
    const { items }: { items: Item[] } = JSON.parse(output);
    return items;
  }

  applications(): Promise<Application[]> {
    return this.list('applications.argoproj.io', '--namespace=argocd');
  }

  async application(name: string): Promise<Application | undefined> {
    const all = await this.applications();
    return all.find(({ metadata }) => metadata.name === name);
  }

  /** Refreshes the ApplicationSets, which otherwise poll Git. Applications refresh through Gitea's webhook. */
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
