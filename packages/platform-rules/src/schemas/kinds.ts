import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { CronJob, Job } from 'kubernetes-models/batch/v1';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import {
  ConfigMap,
  PersistentVolumeClaim,
  Service,
  ServiceAccount,
} from 'kubernetes-models/v1';
import type { z } from 'zod';
import {
  prometheusRuleSchema,
  serviceMonitorSchema,
} from './monitoringSchemas';

/** Schema of a kind: Kubernetes' own, or ours for custom resources. */
export type KindDefinition = { apiVersion: string } & (
  | {
      /** Class name in `@kubernetes/client-node`, which has all fields. Without it, unknown fields are not reported. */
      model?: string;
      /** Class in `kubernetes-models`, which has types and required fields. */
      schema: new (data: never) => { validate(): void };
    }
  | { customSchema: z.ZodType }
);

/** Kinds of workloads and of what belongs to them. */
export const workloadKinds: Readonly<Record<string, KindDefinition>> = {
  ConfigMap: { apiVersion: 'v1', model: 'V1ConfigMap', schema: ConfigMap },
  CronJob: { apiVersion: 'batch/v1', model: 'V1CronJob', schema: CronJob },
  Deployment: {
    apiVersion: 'apps/v1',
    model: 'V1Deployment',
    schema: Deployment,
  },
  HorizontalPodAutoscaler: {
    apiVersion: 'autoscaling/v2',
    model: 'V2HorizontalPodAutoscaler',
    schema: HorizontalPodAutoscaler,
  },
  Ingress: {
    apiVersion: 'networking.k8s.io/v1',
    model: 'V1Ingress',
    schema: Ingress,
  },
  Job: { apiVersion: 'batch/v1', model: 'V1Job', schema: Job },
  NetworkPolicy: {
    apiVersion: 'networking.k8s.io/v1',
    model: 'V1NetworkPolicy',
    schema: NetworkPolicy,
  },
  PersistentVolumeClaim: {
    apiVersion: 'v1',
    model: 'V1PersistentVolumeClaim',
    schema: PersistentVolumeClaim,
  },
  PodDisruptionBudget: {
    apiVersion: 'policy/v1',
    model: 'V1PodDisruptionBudget',
    schema: PodDisruptionBudget,
  },
  PrometheusRule: {
    apiVersion: 'monitoring.coreos.com/v1',
    customSchema: prometheusRuleSchema,
  },
  Service: { apiVersion: 'v1', model: 'V1Service', schema: Service },
  ServiceAccount: {
    apiVersion: 'v1',
    model: 'V1ServiceAccount',
    schema: ServiceAccount,
  },
  ServiceMonitor: {
    apiVersion: 'monitoring.coreos.com/v1',
    customSchema: serviceMonitorSchema,
  },
  StatefulSet: {
    apiVersion: 'apps/v1',
    model: 'V1StatefulSet',
    schema: StatefulSet,
  },
};
