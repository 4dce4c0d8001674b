import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  ENVIRONMENT_LABEL,
  TEAM_LABEL,
} from '@internal/plugin-ml-platform-common';
import { z } from 'zod';
import { LastKnown, toUpstreamProblem, withoutAddresses } from '../lastKnown';
import type { ConfiguredCluster } from './clusterConfig';
import { ClusterConnection } from './ClusterConnection';
import type {
  ClusterStore,
  Listing,
  ObjectType,
  StoredObject,
} from './ClusterStore';
import { listObjects } from './listObjects';
import { logPath, objectTypes } from './objectTypes';

const MAX_LOG_BYTES = 1024 * 1024;

const statusSchema = z.object({ message: z.string() });

interface Cluster {
  connection: ClusterConnection;
  source: string;
  lists: LastKnown<StoredObject[]>;
}

/** Lists on demand, with a short memory. */
export class KubernetesClusterStore implements ClusterStore {
  static create(options: {
    clusters: ConfiguredCluster[];
    /** For one list or log, all pages included. Default: 5 s. */
    timeoutMs?: number;
    /** How long a list is used without asking again. Default: 2 s. */
    freshMs?: number;
  }): KubernetesClusterStore {
    const { timeoutMs = 5_000, freshMs = 2_000 } = options;
    const clusters = options.clusters.map(({ name, kubeConfig }) => {
      const source = `Kubernetes (${name})`;
      return [
        name,
        {
          source,
          connection: ClusterConnection.create({ kubeConfig }),
          lists: LastKnown.create<StoredObject[]>({
            freshMs,
            maxKeys: 5_000,
            toProblem: error => toUpstreamProblem(source, error),
          }),
        },
      ] as const;
    });
    return new KubernetesClusterStore(new Map(clusters), timeoutMs);
  }

  readonly #clusters: Map<string, Cluster>;
  readonly #timeoutMs: number;

  private constructor(clusters: Map<string, Cluster>, timeoutMs: number) {
    this.#clusters = clusters;
    this.#timeoutMs = timeoutMs;
  }

  clusters(): string[] {
    return [...this.#clusters.keys()];
  }

  async list(
    cluster: string,
    type: ObjectType,
    filter: { namespace?: string; labels?: Record<string, string> } = {},
  ): Promise<Listing> {
    const { connection, lists } = this.#cluster(cluster);
    const { namespace, labels = {} } = filter;
    const { value, asOf, problem } = await lists.read(
      `${type}/${namespace ?? ''}`,
      () =>
        listObjects({
          connection,
          type: objectTypes[type],
          namespace,
          timeoutMs: this.#timeoutMs,
        }),
    );
    return {
      items: (value ?? []).filter(item => hasLabels(item, labels)),
      asOf,
      problem,
    };
  }

  async owner(
    cluster: string,
    namespace: string,
  ): Promise<{ team: string; environment: string } | undefined> {
    if (!this.#clusters.has(cluster)) {
      return undefined;
    }
    const { items } = await this.list(cluster, 'namespaces');
    const labels = items.find(item => item.metadata.name === namespace)
      ?.metadata.labels;
    const team = labels?.[TEAM_LABEL];
    const environment = labels?.[ENVIRONMENT_LABEL];
    return team && environment ? { team, environment } : undefined;
  }

  async podLogs(options: {
    cluster: string;
    namespace: string;
    pod: string;
    container?: string;
    previous: boolean;
    tailLines: number;
  }): Promise<string> {
    const { connection, source } = this.#cluster(options.cluster);
    const query = new URLSearchParams({
      tailLines: String(options.tailLines),
      previous: String(options.previous),
    });
    if (options.container) {
      query.set('container', options.container);
    }
    const path = logPath(options.namespace, options.pod);
    const { status, body } = await connection
      .get(path, {
        query,
        signal: AbortSignal.timeout(this.#timeoutMs),
        keepLast: MAX_LOG_BYTES,
      })
      .catch(error => {
        throw new ServiceUnavailableError(
          toUpstreamProblem(source, error).message,
        );
      });
    switch (status) {
      case 200:
        return wholeLines(body);
      case 400:
        throw new InputError(statusMessage(body));
      case 404:
        throw new NotFoundError('There is no such pod');
      default:
        throw new ServiceUnavailableError(
          `${source} could not read this log. Try again in a moment.`,
        );
    }
  }

  #cluster(name: string): Cluster {
    const cluster = this.#clusters.get(name);
    if (!cluster) {
      throw new NotFoundError('There is no such cluster');
    }
    return cluster;
  }
}

function hasLabels(item: StoredObject, labels: Record<string, string>) {
  return Object.entries(labels).every(
    ([key, value]) => item.metadata.labels?.[key] === value,
  );
}

/** A log that was cut starts in the middle of a line, perhaps of a character. */
function wholeLines(body: Buffer): string {
  const text = body.toString('utf8');
  return body.length < MAX_LOG_BYTES
    ? text
    : text.slice(text.indexOf('\n') + 1);
}

/** Kubernetes says here what the container waits for. */
function statusMessage(body: Buffer): string {
  try {
    return withoutAddresses(
      statusSchema.parse(JSON.parse(body.toString('utf8'))).message,
    );
  } catch {
    return 'Kubernetes cannot show this log.';
  }
}
