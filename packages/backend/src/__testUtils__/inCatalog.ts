import { eventually } from '@internal/plugin-ml-platform-node/testing';
import type { RunningPortal } from './RunningPortal';

/** Waits until a persona sees entities in the catalog, with their relations. */
export async function inCatalog(
  portal: RunningPortal,
  entities: string[],
): Promise<void> {
  for (const entity of entities) {
    await eventually(async () => {
      const { body } = await portal.send(
        'ml-engineer',
        'get',
        `/api/catalog/entities/by-name/${entity}`,
      );
      // Without relations the catalog does not know the owner yet.
      if (!body.relations?.length) {
        throw new Error(`The catalog has no ${entity}`);
      }
    });
  }
}
