import { z } from 'zod';
import { customObject, goDuration, stringMap } from './customObject';

const remote = z.strictObject({
  key: z.string().min(1),
  property: z.string().optional(),
  version: z.string().optional(),
  conversionStrategy: z.enum(['Default', 'Unicode']).optional(),
  decodingStrategy: z.enum(['Auto', 'Base64', 'Base64URL', 'None']).optional(),
  metadataPolicy: z.enum(['None', 'Fetch']).optional(),
});
const key = z
  .string()
  .regex(/^[-._a-zA-Z0-9]+$/, 'must be letters, digits and - . _ only');

/**
 * External Secrets Operator's ExternalSecret. As in all schemas of custom resources, only the fields that teams may use;
 * which stores and names they are is for the policies.
 */
export const externalSecretSchema = customObject(
  z
    .strictObject({
      refreshInterval: goDuration.optional(),
      refreshPolicy: z.enum(['CreatedOnce', 'Periodic', 'OnChange']).optional(),
      secretStoreRef: z
        .strictObject({
          name: z.string(),
          kind: z.enum(['SecretStore', 'ClusterSecretStore']).optional(),
        })
        .optional(),
      target: z
        .looseObject({
          name: z.string().optional(),
          creationPolicy: z
            .enum(['Owner', 'Orphan', 'Merge', 'None'])
            .optional(),
          deletionPolicy: z.enum(['Delete', 'Merge', 'Retain']).optional(),
          immutable: z.boolean().optional(),
          template: z
            .looseObject({
              type: z.string().optional(),
              engineVersion: z.literal('v2').optional(),
              mergePolicy: z.enum(['Replace', 'Merge']).optional(),
              data: stringMap.optional(),
            })
            .optional(),
        })
        .optional(),
      data: z
        .array(z.looseObject({ secretKey: key, remoteRef: remote }))
        .optional(),
      dataFrom: z
        .array(z.looseObject({ extract: remote.optional() }))
        .optional(),
    })
    .refine(
      value => (value.data ?? value.dataFrom) !== undefined,
      'must have data or dataFrom',
    ),
);
