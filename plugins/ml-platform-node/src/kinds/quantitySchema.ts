import { z } from 'zod';

/** A Kubernetes quantity, such as `500m` or `2Gi`. */
export const quantitySchema = z.union([z.string(), z.number()]);

/** Quantities by resource name. */
export const quantitiesSchema = z.record(z.string(), quantitySchema);
