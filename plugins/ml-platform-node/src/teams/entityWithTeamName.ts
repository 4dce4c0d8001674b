import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';

interface Catalog {
  getEntitiesByRefs(
    request: { entityRefs: string[] },
    options: { credentials: BackstageCredentials },
  ): Promise<{ items: Array<Entity | undefined> }>;
}

/**
 * Finds an entity that has the name of a new team, which brings a system and a group into the catalog; no group when one of
 * this name owns it.
 *
 * @returns the entity's kind in lower case
 */
export async function entityWithTeamName(
  catalog: Catalog,
  { team, group }: { team: string; group: string },
  options: { credentials: BackstageCredentials },
): Promise<string | undefined> {
  const kinds = ['system', ...(team === group ? [] : ['group'])];
  const { items } = await catalog.getEntitiesByRefs(
    { entityRefs: kinds.map(kind => `${kind}:default/${team}`) },
    options,
  );
  return kinds.find((_, index) => items[index] !== undefined);
}
