import type { ApiRequest } from './ApiRequest';
import type { KubernetesObject } from './KubernetesObject';
import { negotiate, type Representation } from './negotiate';
import { apiVersion, type ResourceType, viewOf } from './ResourceType';
import { badRequest, StatusError } from './StatusError';
import { type IncludeObject, toPartialObject, toTable } from './table';

/** Converts objects to the form that a client accepts. */
export interface Representer {
  mediaType: Representation['mediaType'];
  object(object: KubernetesObject): unknown;
  list(objects: KubernetesObject[], metadata: Record<string, unknown>): unknown;
  /** The object of a watch event; the column definitions of a table are in the first one only. */
  event(object: KubernetesObject, isFirst: boolean): unknown;
}

/** Selects the representation of a type by the Accept header. @throws StatusError (406) when none is acceptable. */
export function createRepresenter(
  type: ResourceType,
  { request, query, now }: ApiRequest,
): Representer {
  const { mediaType, as, version } = negotiate(request.headers.accept);
  const partialVersion = `meta.k8s.io/${version}`;
  const partial = (object: KubernetesObject) =>
    toPartialObject(object, partialVersion);
  if (as === 'Table') {
    const includeObject = parseIncludeObject(query.get('includeObject'));
    const table = (
      objects: KubernetesObject[],
      metadata: Record<string, unknown>,
      withDefinitions = true,
    ) =>
      toTable({
        ...{ type, objects, metadata, includeObject, version, withDefinitions },
        now: now(),
      });
    const single = (object: KubernetesObject, withDefinitions: boolean) => {
      const { resourceVersion } = object.metadata;
      return table([object], { resourceVersion }, withDefinitions);
    };
    return {
      mediaType,
      object: object => single(object, true),
      list: table,
      event: single,
    };
  }
  return {
    mediaType,
    object: object => {
      if (as === 'PartialObjectMetadataList') {
        throw notAcceptable(
          `you requested PartialObjectMetadataList, but the requested object is not a list (*${goType(
            type,
          )})`,
        );
      }
      return as ? partial(object) : viewOf(type, object);
    },
    list: (objects, metadata) => {
      if (as === 'PartialObjectMetadata') {
        throw notAcceptable(
          `you requested PartialObjectMetadata, but the requested object is a list (*${goType(
            type,
          )}List)`,
        );
      }
      return as
        ? {
            kind: as,
            apiVersion: partialVersion,
            metadata,
            items: objects.length > 0 ? objects.map(partial) : null,
          }
        : {
            kind: `${type.kind}List`,
            apiVersion: apiVersion(type),
            metadata,
            items: objects.map(object => {
              const view = viewOf(type, object);
              return type.custom ? view : dropTypeMeta(view);
            }),
          };
    },
    event: object => (as ? partial(object) : viewOf(type, object)),
  };
}

function parseIncludeObject(value: string | null): IncludeObject {
  if (value && !['None', 'Metadata', 'Object'].includes(value)) {
    throw badRequest(
      `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(
        value,
      )}: must be 'Metadata', 'Object', 'None', or empty`,
    );
  }
  return (value || 'Metadata') as IncludeObject;
}

/** Removes kind and apiVersion, which the API server omits from the items of built-in lists. */
function dropTypeMeta({
  kind,
  apiVersion: version,
  ...rest
}: KubernetesObject) {
  return rest;
}

function notAcceptable(message: string): StatusError {
  return new StatusError(406, 'NotAcceptable', message, {});
}

/** The Go type in the API server's messages, for example `core.ConfigMap`. */
function goType({ custom, group, kind }: ResourceType): string {
  return custom
    ? 'unstructured.Unstructured'
    : `${group.split('.')[0] || 'core'}.${kind}`;
}
