import type { Entity } from '@backstage/catalog-model';
import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import { CATALOG_FILE_STATUS_TYPE } from '@internal/plugin-ml-platform-common';

/** Problems of the `catalog-info.yaml` that an entity comes from, as our entity provider found them. */
export function catalogFileProblems(entity: Entity) {
  const { status }: AlphaEntity = entity;
  return (status?.items ?? []).filter(
    ({ type }) => type === CATALOG_FILE_STATUS_TYPE,
  );
}
