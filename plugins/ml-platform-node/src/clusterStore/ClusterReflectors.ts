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

export interface ReflectedType {
  table: ObjectTable;
  reflector: Reflector;
}

export interface ClusterReflectorsOptions {
  cluster: ConfiguredCluster;
  pool: InternPool;
  timing: ReflectorTiming;
  onChange: (change: ObjectChange) => void;
  onFailure: (source: string, type: ObjectType, error: UpstreamError) => void;
}

/** The reflectors of one cluster, one for each type. Clusters share no connection or queue that one of them could block. */
export class ClusterReflectors {
  /** Display name of the cluster, for example `Kubernetes (prod)`. */
  readonly source: string;
  readonly connection: ClusterConnection;
  readonly types: ReadonlyMap<ObjectType, ReflectedType>;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: ClusterReflectorsOptions) {
    const { cluster, pool, timing, onChange, onFailure } = options;
    const { name, kubeConfig } = cluster;
    const lists = new ListQueue();
    this.source = `Kubernetes (${name})`;
    this.connection = new ClusterConnection({ kubeConfig });
    this.types = new Map(
      Object.entries(objectTypes).map(([key, definition]) => {
        const type = key as ObjectType;
        const table = new ObjectTable({
          indexes: definition.indexes,
          onChange: change => onChange({ cluster: name, type, ...change }),
        });
        const reflector = new Reflector({
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
