import { type KubernetesObject, field } from './KubernetesObject';
import type { Column } from './columns/Column';
import { formatAge } from './duration';
import type { ResourceType } from './ResourceType';

export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** Renders objects as a `meta.k8s.io/v1` Table, which kubectl prints as it is. */
export function toTable(options: {
  type: ResourceType;
  objects: KubernetesObject[];
  metadata: Record<string, unknown>;
  includeObject: IncludeObject;
  now: number;
  /** False after the first event of a watch. */
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
      options.withDefinitions === false ? null : columns.map(columnDefinition),
    rows: objects.map(object => ({
      cells: columns.map(column => renderCell(column, object, now)),
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

function columnDefinition(column: Column) {
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

function renderCell(
  column: Column,
  object: KubernetesObject,
  now: number,
): unknown {
  if (column === 'Age') {
    return formatAge(object.metadata.creationTimestamp, now);
  }
  const [label, value] = column;
  const result =
    typeof value === 'string' ? field(object, value) : value(object, now);
  return result ?? (label.endsWith(':integer') ? 0 : '');
}
