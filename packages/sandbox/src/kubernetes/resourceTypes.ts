import { builtInTypes } from './builtInTypes';
import { customTypes } from './customTypes';
import { type ResourceType, apiVersion } from './ResourceType';

/** All served resource types. */
export const resourceTypes: ResourceType[] = [...builtInTypes, ...customTypes];

/** Stored types; a view presents the objects of another one. */
const typesByKind = new Map(
  resourceTypes
    .filter(({ view }) => view === undefined)
    .map(type => [`${apiVersion(type)}/${type.kind}`, type]),
);

/** Finds the resource type of an object; undefined when it is not served. */
export function findResourceType(object: {
  apiVersion: string;
  kind: string;
}): ResourceType | undefined {
  return typesByKind.get(`${object.apiVersion}/${object.kind}`);
}

/** Returns the resource type of an object. @throws Error when it is not served. */
export function resourceTypeOf(object: {
  apiVersion: string;
  kind: string;
}): ResourceType {
  const type = findResourceType(object);
  if (!type) {
    throw new Error(`no resource type for ${object.apiVersion} ${object.kind}`);
  }
  return type;
}
