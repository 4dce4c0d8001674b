import { resourceTypes } from './resourceTypes';
import type { ResourceType } from './ResourceType';
import { findSubresource } from './subresources';

/** The resource that a path of the API names. */
export interface ResourcePath {
  type: ResourceType;
  namespace?: string;
  name?: string;
  subresource?: string;
}

/** Parses the path of a collection, an object or a subresource; undefined for other paths. */
export function parseResourcePath(path: string): ResourcePath | undefined {
  const segments = path.split('/').slice(1);
  const group = segments[0] === 'apis' ? segments[1] : '';
  const [version, ...rest] = segments.slice(segments[0] === 'apis' ? 2 : 1);
  // `namespaces/{name}/{subresource}` has no type of that name within a namespace.
  const isNamespaceSubresource =
    rest.length === 3 && ['status', 'finalize'].includes(rest[2]);
  const namespaced =
    rest[0] === 'namespaces' && rest.length > 2 && !isNamespaceSubresource;
  const [plural, name, subresource, ...tail] = namespaced
    ? rest.slice(2)
    : rest;
  const type = ['api', 'apis'].includes(segments[0])
    ? resourceTypes.find(
        each =>
          each.group === group &&
          each.version === version &&
          each.plural === plural,
      )
    : undefined;
  if (
    !type ||
    (namespaced && !type.namespaced) ||
    // A single object of a namespaced type is addressed through its namespace only.
    (name !== undefined && type.namespaced !== namespaced) ||
    (subresource !== undefined && !findSubresource(type, subresource)) ||
    // Only a proxy has a path of its own.
    (tail.length > 0 && subresource !== 'proxy')
  ) {
    return undefined;
  }
  return {
    type,
    namespace: namespaced ? rest[1] : undefined,
    name,
    subresource,
  };
}

/** Returns true if a path is below a served API group; the paths of other groups are no paths of the API. */
export function isServedGroup(path: string): boolean {
  const [root, group] = path.split('/').slice(1);
  return root === 'api'
    ? group !== undefined
    : root === 'apis' && resourceTypes.some(type => type.group === group);
}
