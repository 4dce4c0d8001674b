import { DaemonSet, Deployment, StatefulSet } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { CronJob, Job } from 'kubernetes-models/batch/v1';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import {
  ConfigMap,
  PersistentVolumeClaim,
  Pod,
  Secret,
  Service,
  ServiceAccount,
} from 'kubernetes-models/v1';
import type { z } from 'zod';
import {
  scaledObjectSchema,
  verticalPodAutoscalerSchema,
} from './autoscalingSchemas';
import { externalSecretSchema } from './externalSecretSchema';
import { httpRouteSchema } from './httpRouteSchema';
import type { ModelClass } from './kubernetesType';
import {
  podMonitorSchema,
  prometheusRuleSchema,
  serviceMonitorSchema,
} from './monitoringSchemas';
import { analysisTemplateSchema, rolloutSchema } from './rolloutSchemas';
import { jobSetSchema, trainJobSchema } from './trainingSchemas';

/** Schema of a kind: Kubernetes' own, or ours for custom resources. */
export type KindDefinition = { apiVersion: string } & (
  | {
      /** Class name in `@kubernetes/client-node`, which has all fields. Without it, unknown fields are not reported. */
      model?: string;
      schema: ModelClass;
    }
  | { customSchema: z.ZodType }
);

/** Kinds of workloads and of what belongs to them. */
export const workloadKinds: Readonly<Record<string, KindDefinition>> = {
  AnalysisTemplate: {
    apiVersion: 'argoproj.io/v1alpha1',
    customSchema: analysisTemplateSchema,
  },
  ConfigMap: { apiVersion: 'v1', model: 'V1ConfigMap', schema: ConfigMap },
  CronJob: { apiVersion: 'batch/v1', model: 'V1CronJob', schema: CronJob },
  DaemonSet: {
    apiVersion: 'apps/v1',
    model: 'V1DaemonSet',
    schema: DaemonSet,
  },
  Deployment: {
    apiVersion: 'apps/v1',
    model: 'V1Deployment',
    schema: Deployment,
  },
  ExternalSecret: {
    apiVersion: 'external-secrets.io/v1',
    customSchema: externalSecretSchema,
  },
  HorizontalPodAutoscaler: {
    apiVersion: 'autoscaling/v2',
    model: 'V2HorizontalPodAutoscaler',
    schema: HorizontalPodAutoscaler,
  },
  HTTPRoute: {
    apiVersion: 'gateway.networking.k8s.io/v1',
    customSchema: httpRouteSchema,
  },
  Ingress: {
    apiVersion: 'networking.k8s.io/v1',
    model: 'V1Ingress',
    schema: Ingress,
  },
  Job: { apiVersion: 'batch/v1', model: 'V1Job', schema: Job },
  JobSet: {
    apiVersion: 'jobset.x-k8s.io/v1alpha2',
    customSchema: jobSetSchema,
  },
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
  Pod: { apiVersion: 'v1', model: 'V1Pod', schema: Pod },
  PodDisruptionBudget: {
    apiVersion: 'policy/v1',
    model: 'V1PodDisruptionBudget',
    schema: PodDisruptionBudget,
  },
  PodMonitor: {
    apiVersion: 'monitoring.coreos.com/v1',
    customSchema: podMonitorSchema,
  },
  PrometheusRule: {
    apiVersion: 'monitoring.coreos.com/v1',
    customSchema: prometheusRuleSchema,
  },
  Rollout: {
    apiVersion: 'argoproj.io/v1alpha1',
    customSchema: rolloutSchema,
  },
  ScaledObject: {
    apiVersion: 'keda.sh/v1alpha1',
    customSchema: scaledObjectSchema,
  },
  Secret: { apiVersion: 'v1', model: 'V1Secret', schema: Secret },
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
  TrainJob: {
    apiVersion: 'trainer.kubeflow.org/v1alpha1',
    customSchema: trainJobSchema,
  },
  VerticalPodAutoscaler: {
    apiVersion: 'autoscaling.k8s.io/v1',
    customSchema: verticalPodAutoscalerSchema,
  },
};
