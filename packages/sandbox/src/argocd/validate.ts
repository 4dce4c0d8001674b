import { z } from 'zod';
import { isDeepStrictEqual } from 'node:util';
import {
  type Draft,
  field,
  type KubernetesObject,
} from '../kubernetes/KubernetesObject';
import { StatusError } from '../kubernetes/StatusError';

const quantities = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .optional();
const labels = z.record(z.string(), z.string()).optional();
const container = z.looseObject({
  name: z.string().min(1),
  image: z.string().min(1),
  resources: z
    .looseObject({ requests: quantities, limits: quantities })
    .optional(),
});
const template = z.looseObject({
  metadata: z.looseObject({ labels, annotations: labels }).optional(),
  spec: z.looseObject({
    containers: z.array(container).min(1),
    initContainers: z.array(container).optional(),
    nodeSelector: labels,
    tolerations: z.array(z.looseObject({})).optional(),
  }),
});
const number = z.number().int().min(0).optional();
const job = z.looseObject({
  template,
  parallelism: number,
  completions: number,
  backoffLimit: number,
  activeDeadlineSeconds: number,
});
const workload = z.looseObject({
  template,
  replicas: number,
  selector: z.looseObject({ matchLabels: labels }),
});

/** What the controllers rely on. The real server's schemas hold more. */
const SPECS: Record<string, z.ZodType> = {
  Deployment: workload,
  StatefulSet: workload,
  DaemonSet: workload,
  ReplicaSet: workload,
  Job: job,
  CronJob: z.looseObject({
    schedule: z.string().min(1),
    jobTemplate: z.looseObject({ spec: job }),
  }),
  Pod: template.shape.spec,
};

/** Fields that nobody can change. */
const IMMUTABLE: Record<string, string[]> = {
  Deployment: ['spec.selector'],
  ReplicaSet: ['spec.selector'],
  DaemonSet: ['spec.selector'],
  StatefulSet: [
    'spec.selector',
    'spec.serviceName',
    'spec.volumeClaimTemplates',
  ],
  Job: ['spec.selector', 'spec.template', 'spec.completions'],
};

/** @throws StatusError (422), worded as by the API server. */
export function validateObject(
  draft: Draft,
  live: KubernetesObject | undefined,
): void {
  const { kind, apiVersion, metadata, spec } = draft;
  const result = SPECS[kind]?.safeParse(spec ?? {});
  const problems = (result?.error?.issues ?? []).map(
    ({ path, message }) => `spec.${path.join('.')}: Invalid value: ${message}`,
  );
  const changed = live
    ? (IMMUTABLE[kind] ?? []).filter(
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
    const group = apiVersion.includes('/')
      ? `.${apiVersion.split('/')[0]}`
      : '';
    const detail =
      problems.length > 1 ? `[${problems.join(', ')}]` : problems[0];
    throw new StatusError(
      422,
      'Invalid',
      `${kind}${group} "${metadata.name}" is invalid: ${detail}`,
    );
  }
}
