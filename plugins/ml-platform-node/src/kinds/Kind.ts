import type { z } from 'zod';
import type { Projection } from './projection/projectObject';

/**
 * A Kubernetes kind: its names, the fields of its objects that the cluster store keeps, and the schema that reads them.
 * `kinds.test.ts` checks that the projection keeps every field of the schema.
 */
export interface Kind {
  apiVersion: string;
  /** Versions to read where the cluster does not serve that of `apiVersion`, newest first. Their objects must have the fields of the schema. */
  olderVersions?: readonly string[];
  kind: string;
  /** As in URLs. */
  plural: string;
  namespaced: boolean;
  /** `metadataOnlySchema` where nothing but the metadata is parsed. */
  schema: z.ZodType;
  /** Fields kept in addition to the metadata; some only serve the Kubernetes tab of Backstage. */
  projection: Projection;
}
