import { CronExpressionParser } from 'cron-parser';
import { z } from 'zod';
import type { KubernetesObject } from '../../kustomize';
import { metadataProblems } from './metadata';
import { isPort, workloadProblems } from './podTemplates';

const rules: Readonly<Record<string, (spec: unknown) => string[]>> = {
  CronJob: spec => {
    const { schedule } = z.object({ schedule: z.string() }).parse(spec);
    return isSchedule(schedule)
      ? []
      : [
          `schedule "${schedule}" is not valid. Write five fields, for example "0 6 * * 1-5" for six o'clock on workdays.`,
        ];
  },
  Deployment: replicaProblems,
  HorizontalPodAutoscaler: spec => {
    const { minReplicas, maxReplicas } = z
      .object({ minReplicas: z.number().default(1), maxReplicas: z.number() })
      .parse(spec);
    return minReplicas > maxReplicas
      ? [`maxReplicas is ${maxReplicas}, less than minReplicas.`]
      : [];
  },
  PersistentVolumeClaim: spec => {
    const { accessModes } = z
      .object({ accessModes: z.array(z.string()).default([]) })
      .parse(spec);
    return accessModes.length > 0
      ? []
      : ['accessModes is missing. For example [ReadWriteOnce].'];
  },
  PodDisruptionBudget: spec => {
    const { minAvailable, maxUnavailable } = z
      .object({
        minAvailable: z.unknown().optional(),
        maxUnavailable: z.unknown().optional(),
      })
      .parse(spec);
    return minAvailable !== undefined && maxUnavailable !== undefined
      ? ['minAvailable and maxUnavailable are both set. Remove one of them.']
      : [];
  },
  Service: spec => {
    const { type, clusterIP, ports } = z
      .object({
        type: z.string().optional(),
        clusterIP: z.string().optional(),
        ports: z.array(z.object({ port: z.number() })).default([]),
      })
      .parse(spec);
    const needsPorts = type !== 'ExternalName' && clusterIP !== 'None';
    return [
      ...(needsPorts && ports.length === 0
        ? ['ports is missing. Name at least one.']
        : []),
      ...ports
        .filter(({ port }) => !isPort(port))
        .map(({ port }) => `${port} is not a port (1 to 65535).`),
    ];
  },
  StatefulSet: replicaProblems,
};

/**
 * Validates values and dependent fields as the API server does, beyond the schema.
 *
 * @param object - must be valid by its schema.
 */
export function ruleProblems(object: KubernetesObject): string[] {
  const spec = withoutNulls(object.spec);
  return [
    ...metadataProblems(object),
    ...workloadProblems(object.kind, spec),
    ...(rules[object.kind]?.(spec) ?? []),
  ];
}

/** Removes null fields, which are equal to absent ones. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => item !== null)
          .map(([key, item]) => [key, withoutNulls(item)]),
      )
    : value;
}

function replicaProblems(spec: unknown): string[] {
  const { replicas } = z
    .object({ replicas: z.number().default(1) })
    .parse(spec);
  return replicas < 0 ? ['replicas must be ≥ 0.'] : [];
}

function isSchedule(schedule: string): boolean {
  if (!schedule.startsWith('@') && schedule.trim().split(/\s+/).length !== 5) {
    return false;
  }
  try {
    CronExpressionParser.parse(schedule);
    return true;
  } catch {
    return false;
  }
}
