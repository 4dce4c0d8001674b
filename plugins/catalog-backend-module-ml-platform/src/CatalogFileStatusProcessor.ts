import type { Entity } from '@backstage/catalog-model';
import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import type { CatalogProcessor } from '@backstage/plugin-catalog-node';
import {
  CATALOG_FILE_PROBLEMS_ANNOTATION,
  CATALOG_FILE_STATUS_TYPE,
  catalogFileStatusSchema,
} from '@internal/plugin-ml-platform-common';
import { parseJson } from '@internal/plugin-ml-platform-node';

/**
 * Turns the problems of a `catalog-info.yaml` into `status.items`. An entity provider cannot set a status itself: the
 * catalog refuses the field before processing.
 *
 * @see backstage/backstage v1.57 packages/catalog-model/src/entity/policies/NoForeignRootFieldsEntityPolicy.ts
 */
export class CatalogFileStatusProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'ml-platform-catalog-file-status';
  }

  async postProcessEntity(entity: Entity): Promise<Entity> {
    const { [CATALOG_FILE_PROBLEMS_ANNOTATION]: problems, ...annotations } =
      entity.metadata.annotations ?? {};
    if (problems === undefined) {
      return entity;
    }
    const { data: items } = catalogFileStatusSchema.safeParse(
      parseJson(problems),
    );
    if (!items) {
      // An entity of the platform team's own files, which are not checked for this annotation.
      return { ...entity, metadata: { ...entity.metadata, annotations } };
    }
    const withStatus: AlphaEntity = {
      ...entity,
      metadata: {
        ...entity.metadata,
        annotations: {
          ...annotations,
          [CATALOG_FILE_PROBLEMS_ANNOTATION]: String(items.length),
        },
      },
      status: {
        items: items.map(item => ({ type: CATALOG_FILE_STATUS_TYPE, ...item })),
      },
    };
    return withStatus;
  }
}
