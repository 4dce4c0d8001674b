import type { ObjectTypeDefinition } from '../objectTypes';
import { listPages } from './listPages';
import { NotInstalledError } from './responseErrors';

/** A type in the version that the cluster serves, and the resource version of its list. */
interface ServedList {
  type: ObjectTypeDefinition;
  resourceVersion: string;
}

/**
 * Lists a type in the first of its versions that the cluster serves. The list itself asks for that: discovery says which
 * versions a group has, but not every type exists in each.
 *
 * @throws as `listPages`; NotInstalledError when the cluster serves none of the versions.
 */
export async function listServedVersion(
  options: Parameters<typeof listPages>[0],
): Promise<ServedList> {
  const [version, ...older] = options.type.versions;
  const type = { ...options.type, version };
  try {
    return { type, resourceVersion: await listPages({ ...options, type }) };
  } catch (error) {
    if (error instanceof NotInstalledError && older.length > 0) {
      return listServedVersion({
        ...options,
        type: { ...options.type, versions: older },
      });
    }
    throw error;
  }
}
