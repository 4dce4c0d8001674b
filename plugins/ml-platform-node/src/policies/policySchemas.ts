import { problemSubjectSchema } from '@internal/plugin-ml-platform-common';
import { z } from 'zod';

/** Annotation of a policy: the input of forms that its denials are about. */
export const SUBJECT_ANNOTATION = 'ml-platform.io/subject';

/** Annotation of a policy that judges what changes, by comparing with the old object. */
export const JUDGES_ANNOTATION = 'ml-platform.io/judges';

const selectorSchema = z.strictObject({
  matchLabels: z.record(z.string(), z.string()).default({}),
  matchExpressions: z
    .array(
      z.strictObject({
        key: z.string(),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
        values: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});
export type Selector = z.infer<typeof selectorSchema>;

const rulesSchema = z.array(
  z.strictObject({
    apiGroups: z.array(z.string()).default([]),
    apiVersions: z.array(z.string()).default([]),
    operations: z.array(z.string()).default([]),
    resources: z.array(z.string()).default([]),
    resourceNames: z.array(z.string()).default([]),
    scope: z.string().optional(),
  }),
);

const matchSchema = z.strictObject({
  namespaceSelector: selectorSchema.optional(),
  objectSelector: selectorSchema.optional(),
  resourceRules: rulesSchema.default([]),
  excludeResourceRules: rulesSchema.default([]),
  matchPolicy: z.string().optional(),
});
export type MatchResources = z.infer<typeof matchSchema>;

const namedExpressions = z
  .array(z.strictObject({ name: z.string(), expression: z.string() }))
  .default([]);

/** Schema of a ValidatingAdmissionPolicy. Strict, because unknown fields could change the decision. */
export const policySchema = z.object({
  metadata: z.object({
    name: z.string(),
    annotations: z
      .object({
        [SUBJECT_ANNOTATION]: problemSubjectSchema.optional().catch(undefined),
        [JUDGES_ANNOTATION]: z.literal('changes').optional(),
      })
      .optional(),
  }),
  spec: z.strictObject({
    failurePolicy: z.enum(['Fail', 'Ignore']).default('Fail'),
    paramKind: z
      .strictObject({ apiVersion: z.string(), kind: z.string() })
      .optional(),
    matchConstraints: matchSchema,
    matchConditions: namedExpressions,
    variables: namedExpressions,
    validations: z
      .array(
        z.strictObject({
          expression: z.string(),
          message: z.string().optional(),
          messageExpression: z.string().optional(),
          reason: z.string().optional(),
        }),
      )
      .default([]),
    auditAnnotations: z.unknown().optional(),
  }),
});
export type Policy = z.infer<typeof policySchema>;

export const bindingSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.strictObject({
    policyName: z.string(),
    validationActions: z.array(z.string()),
    paramRef: z
      .strictObject({
        name: z.string(),
        namespace: z.string(),
        parameterNotFoundAction: z.string(),
      })
      .optional(),
    matchResources: matchSchema.optional(),
  }),
});
export type PolicyBinding = z.infer<typeof bindingSchema>;
