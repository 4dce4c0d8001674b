import { stringifyEntityRef } from '@backstage/catalog-model';
import type {
  CatalogFile,
  FileVersion,
} from '@internal/plugin-ml-platform-node';
import { entitiesOf } from './KeptEntities';

/**
 * Finds the oldest of the versions that have defined an entity without a break. Versions in which the entity is invalid, or
 * the whole file is, are neither: the catalog showed then what it had before.
 *
 * @param versions - newest first.
 * @returns undefined when no version defines it.
 */
export async function definedSince(
  ref: string,
  versions: FileVersion[],
  read: (version: FileVersion) => Promise<CatalogFile | undefined>,
): Promise<FileVersion | undefined> {
  let since: FileVersion | undefined;
  for (const version of versions) {
    const file = await read(version);
    if (entitiesOf(file).some(entity => stringifyEntityRef(entity) === ref)) {
      since = version;
    } else if (since && !file?.unidentified && !file?.invalid.includes(ref)) {
      break;
    }
  }
  return since;
}
