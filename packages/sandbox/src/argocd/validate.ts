import { z } from 'zod';
import { isDeepStrictEqual } from 'node:util';
import {
  type Draft,
  field,
  type KubernetesObject,
} from '../kubernetes/KubernetesObject';
import { apiGroup } from '../kubernetes/ResourceType';
import { StatusError } from '../kubernetes/StatusError';

const quantitiesSchema = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .optional();
const labelsSchema = z.record(z.string(), z.string()).optional();
const containerSchema = z.looseObject({
  name: z.string().min(1),
  image: z.string().min(1),
  resources: z
    .looseObject({ requests: quantitiesSchema, limits: quantitiesSchema })
    .optional(),
});
const podTemplateSchema = z.looseObject({
  metadata: z
    .looseObject({ labels: labelsSchema, annotations: labelsSchema })
    .optional(),
  spec: z.looseObject({
    containers: z.array(containerSchema).min(1),
    initContainers: z.array(containerSchema).optional(),
    nodeSelector: labelsSchema,
    tolerations: z.array(z.looseObject({})).optional(),
  }),
});
const countSchema = z.number().int().min(0).optional();
const jobSchema = z.looseObject({
  template: podTemplateSchema,
  parallelism: countSchema,
  completions: countSchema,
  backoffLimit: countSchema,
  activeDeadlineSeconds: countSchema,
});
const workloadSchema = z.looseObject({
  template: podTemplateSchema,
  replicas: countSchema,
  selector: z.looseObject({ matchLabels: labelsSchema }),
});

/** Schemas of the fields that the controllers rely on; those of the API server are more complete. */
const SPEC_SCHEMAS: Record<string, z.ZodType> = {
  Deployment: workloadSchema,
  StatefulSet: workloadSchema,
  DaemonSet: workloadSchema,
  ReplicaSet: workloadSchema,
  Job: jobSchema,
  CronJob: z.looseObject({
    schedule: z.string().min(1),
    jobTemplate: z.looseObject({ spec: jobSchema }),
  }),
  Pod: podTemplateSchema.shape.spec,
};

/** Immutable fields by kind. */
const IMMUTABLE_FIELDS: Record<string, string[]> = {
  Deployment: ['spec.selector'],
  ReplicaSet: ['spec.selector'],
  DaemonSet: ['spec.selector'],
  StatefulSet: [
    'spec.selector',
    'spec.serviceName',
    'spec.volumeClaimTemplates',
  ],
  Job: [
    'spec.selector',
    'spec.template',
    'spec.completions',
    'spec.completionMode',
    'spec.podFailurePolicy',
    'spec.backoffLimitPerIndex',
    'spec.successPolicy',
    'spec.managedBy',
  ],
};

/** Validates an object. @throws StatusError (422) with the message of the API server. */
export function validateObject(
  draft: Draft,
  live: KubernetesObject | undefined,
): void {
  const { kind, apiVersion, metadata, spec } = draft;
  const result = SPEC_SCHEMAS[kind]?.safeParse(spec ?? {});
  const problems = (result?.error?.issues ?? []).map(
    ({ path, message }) => `spec.${path.join('.')}: Invalid value: ${message}`,
  );
  const changed = live
    ? (IMMUTABLE_FIELDS[kind] ?? []).filter(
        path => !isDeepStrictEqual(field(draft, path), field(live, path)),
      )
    : [];
  problems.push(
    ...changed.map(path => `${path}: Invalid value: field is immutable`),
  );
  if (
    !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(metadata.name) ||
    metadata.name.length > 253
  ) {
    problems.push(
      `metadata.name: Invalid value: ${JSON.stringify(
        metadata.name,
      )}: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'`,
    );
  }
  if (problems.length > 0) {
    const group = apiGroup(apiVersion);
    const detail =
      problems.length > 1 ? `[${problems.join(', ')}]` : problems[0];
    throw new StatusError(
      422,
      'Invalid',
      `${group ? `${kind}.${group}` : kind} "${
        metadata.name
      }" is invalid: ${detail}`,
    );
  }
}
