import type { Fields, KubernetesObject } from '../kubernetes/KubernetesObject';

export interface Container {
  name: string;
  image: string;
  resources?: {
    requests?: Record<string, string>;
    limits?: Record<string, string>;
  };
}

export interface Toleration {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
}

export interface PodSpec {
  containers: Container[];
  initContainers?: Container[];
  nodeName?: string;
  nodeSelector?: Record<string, string>;
  restartPolicy?: 'Always' | 'OnFailure' | 'Never';
  tolerations?: Toleration[];
  [field: string]: unknown;
}

export interface PodTemplate {
  metadata?: {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec: PodSpec;
}

export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
  [field: string]: unknown;
}

export interface ContainerStatus {
  name: string;
  ready: boolean;
  restartCount: number;
  state: {
    waiting?: { reason: string; message?: string };
    running?: { startedAt: string };
    terminated?: {
      exitCode: number;
      reason: string;
      startedAt: string;
      finishedAt: string;
    };
  };
  [field: string]: unknown;
}

export interface PodStatus {
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  conditions?: Condition[];
  containerStatuses?: ContainerStatus[];
  initContainerStatuses?: ContainerStatus[];
  startTime?: string;
  [field: string]: unknown;
}

export type Pod = KubernetesObject<PodSpec, PodStatus> & { spec: PodSpec };

// Type aliases instead of interfaces, because only aliases are assignable to `Record<string, unknown>`.

type ReplicaSetSpec = {
  replicas: number;
  selector: Fields;
  template: PodTemplate;
};

export type ReplicaSet = KubernetesObject<ReplicaSetSpec> & {
  spec: ReplicaSetSpec;
};

type DeploymentSpec = ReplicaSetSpec & {
  paused?: boolean;
  progressDeadlineSeconds: number;
  revisionHistoryLimit: number;
  strategy: {
    type: string;
    rollingUpdate?: {
      maxSurge?: string | number;
      maxUnavailable?: string | number;
    };
  };
};

export type Deployment = KubernetesObject<DeploymentSpec> & {
  spec: DeploymentSpec;
};

type StatefulSetSpec = ReplicaSetSpec & {
  podManagementPolicy: string;
  serviceName?: string;
  volumeClaimTemplates?: Array<{ metadata: { name: string }; spec: Fields }>;
};

export type StatefulSet = KubernetesObject<StatefulSetSpec> & {
  spec: StatefulSetSpec;
};

type JobSpec = {
  activeDeadlineSeconds?: number;
  backoffLimit: number;
  completions?: number;
  parallelism: number;
  suspend: boolean;
  template: PodTemplate;
  ttlSecondsAfterFinished?: number;
};

export type Job = KubernetesObject<JobSpec> & { spec: JobSpec };

type CronJobSpec = {
  schedule: string;
  timeZone?: string;
  suspend: boolean;
  concurrencyPolicy: string;
  startingDeadlineSeconds?: number;
  successfulJobsHistoryLimit: number;
  failedJobsHistoryLimit: number;
  jobTemplate: { metadata?: PodTemplate['metadata']; spec: JobSpec };
};

export type CronJob = KubernetesObject<CronJobSpec> & { spec: CronJobSpec };

export function isFinished(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

export function isReady(pod: Pod): boolean {
  return hasCondition(pod, 'Ready');
}

/** Returns true if a condition has the status True. */
export function hasCondition(
  object: KubernetesObject | Pod,
  type: string,
): boolean {
  const conditions = (object.status?.conditions ?? []) as Condition[];
  return conditions.some(
    condition => condition.type === type && condition.status === 'True',
  );
}
