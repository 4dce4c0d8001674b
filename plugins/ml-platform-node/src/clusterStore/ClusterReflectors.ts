import type { ConfiguredCluster } from './clusterConfig';
import { ClusterConnection } from './ClusterConnection';
import type { ObjectChange } from './ClusterStore';
import { ObjectTable } from './ObjectTable';
import { objectTypes, type ObjectType } from './objectTypes';
import type { InternPool } from '../kinds/projection/InternPool';
import { ListQueue } from './reflector/ListQueue';
import { Reflector } from './reflector/Reflector';
import type { ReflectorTiming } from './reflector/timing';
import type { UpstreamError } from '../upstream';

export interface FollowedType {
  table: ObjectTable;
  reflector: Reflector;
}

/** A cluster and all its types, each followed by a reflector of its own. Clusters share nothing that one could hold up. */
export class ClusterReflectors {
  static create(options: {
    cluster: ConfiguredCluster;
    pool: InternPool;
    timing: ReflectorTiming;
    onChange: (change: ObjectChange) => void;
    onFailure: (source: string, type: ObjectType, error: UpstreamError) => void;
  }): ClusterReflectors {
    return new ClusterReflectors(options);
  }

  /** Its name for people. */
  readonly source: string;
  readonly connection: ClusterConnection;
  readonly types: ReadonlyMap<ObjectType, FollowedType>;
  #running: Promise<unknown> = Promise.resolve();

  private constructor(options: Parameters<typeof ClusterReflectors.create>[0]) {
    const { cluster, pool, timing, onChange, onFailure } = options;
    const { name, kubeConfig } = cluster;
    const lists = ListQueue.create();
    this.source = `Kubernetes (${name})`;
    this.connection = ClusterConnection.create({ kubeConfig });
    this.types = new Map(
      Object.entries(objectTypes).map(([key, definition]) => {
        const type = key as ObjectType;
        const table = ObjectTable.create({
          indexes: definition.indexes,
          onChange: change => onChange({ cluster: name, type, ...change }),
        });
        const reflector = Reflector.create({
          connection: this.connection,
          type: definition,
          table,
          pool,
          timing,
          lists,
          onFailure: error => onFailure(this.source, type, error),
        });
        return [type, { table, reflector }];
      }),
    );
  }

  start(): void {
    this.#running = Promise.all(
      [...this.types.values()].map(({ reflector }) => reflector.run()),
    );
  }

  async stop(): Promise<void> {
    for (const { reflector } of this.types.values()) {
      reflector.stop();
    }
    await this.#running;
    this.connection.close();
  }
}
