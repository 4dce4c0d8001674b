import { z } from 'zod';

/**
 * Annotation on a workload's Component whose `catalog-info.yaml` has problems: their number. Only our entity provider sets
 * it, to find such Components. (On its way into the catalog it holds the problems themselves.)
 */
export const CATALOG_FILE_PROBLEMS_ANNOTATION =
  'ml-platform.io/catalog-file-problems';
/** Type of the Component's `status.items` that say what is wrong with its `catalog-info.yaml`. */
export const CATALOG_FILE_STATUS_TYPE = 'ml-platform.io/catalog-file';

export const catalogFileStatusSchema = z.array(
  z.object({
    /** `warning`: ignored on purpose, and nothing of the workload is missing. */
    level: z.enum(['error', 'warning']),
    message: z.string(),
  }),
);
export type CatalogFileStatus = z.infer<typeof catalogFileStatusSchema>;
