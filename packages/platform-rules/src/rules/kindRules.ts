import { CronExpressionParser } from 'cron-parser';
import { z } from 'zod';
import type { KubernetesObject } from '../objects/parseObjects';
import { fieldViolation, type Violation } from '../Violation';
import { metadataViolations } from './metadata';
import { podTemplateViolations } from './podTemplates';
import { isPort, portViolation } from './ports';

const rules: Readonly<Record<string, (spec: unknown) => Violation[]>> = {
  CronJob: spec => {
    const { schedule } = z.object({ schedule: z.string() }).parse(spec);
    return isSchedule(schedule)
      ? []
      : [
          {
            code: 'cron-schedule',
            advice: `schedule "${schedule}" is not valid. Write five fields, for example "0 6 * * 1-5" for six o'clock on workdays.`,
          },
        ];
  },
  Deployment: replicaViolations,
  HorizontalPodAutoscaler: spec => {
    const { minReplicas, maxReplicas } = z
      .object({ minReplicas: z.number().default(1), maxReplicas: z.number() })
      .parse(spec);
    return minReplicas > maxReplicas
      ? [
          fieldViolation(
            'autoscaler-range',
            `maxReplicas is ${maxReplicas}, less than minReplicas.`,
            `spec.maxReplicas: Invalid value: ${maxReplicas}: must be greater than or equal to \`minReplicas\``,
          ),
        ]
      : [];
  },
  PersistentVolumeClaim: spec => {
    const { accessModes } = z
      .object({ accessModes: z.array(z.string()).default([]) })
      .parse(spec);
    return accessModes.length > 0
      ? []
      : [
          fieldViolation(
            'claim-access-modes',
            'accessModes is missing. For example [ReadWriteOnce].',
            'spec.accessModes: Required value: at least 1 access mode is required',
          ),
        ];
  },
  PodDisruptionBudget: spec => {
    const { minAvailable, maxUnavailable } = z
      .object({
        minAvailable: z.unknown().optional(),
        maxUnavailable: z.unknown().optional(),
      })
      .parse(spec);
    return minAvailable !== undefined && maxUnavailable !== undefined
      ? [
          {
            code: 'disruption-budget-both',
            advice:
              'minAvailable and maxUnavailable are both set. Remove one of them.',
          },
        ]
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
        ? [
            fieldViolation(
              'service-ports',
              'ports is missing. Name at least one.',
              'spec.ports: Required value',
            ),
          ]
        : []),
      ...ports.flatMap(({ port }, index) =>
        isPort(port) ? [] : [portViolation(port, `spec.ports[${index}].port`)],
      ),
    ];
  },
  StatefulSet: replicaViolations,
};

/**
 * Validates values and dependent fields as the API server does, beyond the schema.
 *
 * @param object - must be valid by its schema.
 */
export function ruleViolations(object: KubernetesObject): Violation[] {
  const spec = withoutNulls(object.spec);
  return [
    ...metadataViolations(object),
    ...podTemplateViolations(object.kind, spec),
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

function replicaViolations(spec: unknown): Violation[] {
  const { replicas } = z
    .object({ replicas: z.number().default(1) })
    .parse(spec);
  return replicas < 0
    ? [
        fieldViolation(
          'replicas-negative',
          'replicas must be ≥ 0.',
          `spec.replicas: Invalid value: ${replicas}: must be greater than or equal to 0`,
        ),
      ]
    : [];
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
