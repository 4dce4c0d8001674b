import { type KubernetesObject, field } from './KubernetesObject';
import type { Column } from './columns/Column';
import { formatAge } from './duration';
import { type ResourceType, viewOf } from './ResourceType';

export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** Renders objects as a `meta.k8s.io/v1` Table, which kubectl prints as it is. */
export function toTable(options: {
  type: ResourceType;
  objects: KubernetesObject[];
  metadata: Record<string, unknown>;
  includeObject: IncludeObject;
  /** Version of `meta.k8s.io`. */
  version: string;
  now: number;
  /** False after the first event of a watch. */
  withDefinitions?: boolean;
}): object {
  const { type, objects, metadata, includeObject, version, now } = options;
  const apiVersion = `meta.k8s.io/${version}`;
  // Events show their name last, and storage classes mark the default one.
  const hasName = type.columns.some(([name]) => name === 'Name');
  const columns: Column[] = hasName
    ? type.columns
    : [['Name', 'metadata.name'], ...type.columns];
  return {
    kind: 'Table',
    apiVersion,
    metadata,
    columnDefinitions:
      options.withDefinitions === false ? null : columns.map(columnDefinition),
    rows: objects.map(object => ({
      cells: columns.map(column => renderCell(column, object, now)),
      ...(includeObject !== 'None' && {
        object:
          includeObject === 'Object'
            ? viewOf(type, object)
            : toPartialObject(object, apiVersion),
      }),
    })),
  };
}

/** The metadata of an object alone, as metadata clients ask for it. */
export function toPartialObject(
  { metadata }: KubernetesObject,
  apiVersion: string,
): object {
  return { kind: 'PartialObjectMetadata', apiVersion, metadata };
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
