import { resourceTypes } from './resourceTypes';
import type { ResourceType } from './ResourceType';

/** The resource that a path of the API names. */
export interface ResourcePath {
  type: ResourceType;
  namespace?: string;
  name?: string;
  subresource?: 'log';
}

/** Parses the path of a collection, an object or a pod's log; undefined for other paths. */
export function parseResourcePath(path: string): ResourcePath | undefined {
  const segments = path.split('/').slice(1);
  const group = segments[0] === 'apis' ? segments[1] : '';
  const [version, ...rest] = segments.slice(segments[0] === 'apis' ? 2 : 1);
  const find = (plural: string) =>
    resourceTypes.find(
      type =>
        type.group === group &&
        type.version === version &&
        type.plural === plural,
    );
  const namespaced = rest[0] === 'namespaces' && rest.length > 2;
  const [plural, name, subresource] = namespaced ? rest.slice(2) : rest;
  const type = ['api', 'apis'].includes(segments[0]) ? find(plural) : undefined;
  const isLog = subresource === 'log' && type?.kind === 'Pod' && namespaced;
  if (
    !type ||
    (namespaced && !type.namespaced) ||
    // A single object of a namespaced type is addressed through its namespace only.
    (name !== undefined && type.namespaced !== namespaced) ||
    (subresource !== undefined && !isLog) ||
    rest.length > (namespaced ? 5 : 3)
  ) {
    return undefined;
  }
  return {
    type,
    namespace: namespaced ? rest[1] : undefined,
    name,
    ...(isLog && { subresource: 'log' }),
  };
}

/** Returns true if a path belongs to a served API group. */
export function isServedGroup(path: string): boolean {
  const [root, group] = path.split('/').slice(1);
  return root === 'apis' && resourceTypes.some(type => type.group === group);
}
