import { type KubernetesObject, field } from './KubernetesObject';
import { since } from './duration';
import type { ResourceType } from './resourceTypes';

type Cell = string | ((object: KubernetesObject, now: number) => unknown);

/**
 * One column of `kubectl get`: a name (`:integer` after it for numbers), the cell as a path or a function, and whether
 * it needs `-o wide`. `'Age'` alone is the usual age.
 */
export type Column = 'Age' | [name: string, cell: Cell, wide?: 'wide'];

export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** A `meta.k8s.io/v1` Table, which kubectl prints as it is. */
export function toTable(options: {
  type: ResourceType;
  objects: KubernetesObject[];
  metadata: Record<string, unknown>;
  includeObject: IncludeObject;
  now: number;
  /** Watches send the definitions with the first event only. */
  withDefinitions?: boolean;
}) {
  const { type, objects, metadata, includeObject, now } = options;
  const columns: Column[] =
    type.kind === 'Event'
      ? type.columns
      : [['Name', 'metadata.name'], ...type.columns];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions:
      options.withDefinitions === false ? null : columns.map(definition),
    rows: objects.map(object => ({
      cells: columns.map(column => cell(column, object, now)),
      ...(includeObject !== 'None' && {
        object:
          includeObject === 'Object'
            ? object
            : {
                kind: 'PartialObjectMetadata',
                apiVersion: 'meta.k8s.io/v1',
                metadata: object.metadata,
              },
      }),
    })),
  };
}

function definition(column: Column) {
  const [label, , wide] = column === 'Age' ? ['Age'] : column;
  const [name, type = 'string'] = label.split(':');
  return {
    name,
    type,
    format: name === 'Name' ? 'name' : '',
    description: '',
    priority: wide ? 1 : 0,
  };
}

function cell(column: Column, object: KubernetesObject, now: number): unknown {
  if (column === 'Age') {
    return since(object.metadata.creationTimestamp, now);
  }
  const [label, value] = column;
  const result =
    typeof value === 'string' ? field(object, value) : value(object, now);
  return result ?? (label.endsWith(':integer') ? 0 : '');
}
