import {
  conditions,
  containerStatuses,
  podSpec,
  podTemplate,
  text,
} from './objectParts';
import { keep, pick, shared } from './projector';

export const pod = {
  spec: podSpec,
  status: pick({
    phase: text,
    reason: text,
    message: keep,
    startTime: keep,
    podIP: keep,
    qosClass: text,
    conditions,
    containerStatuses,
    initContainerStatuses: containerStatuses,
  }),
};

/** Deployments, ReplicaSets, StatefulSets and DaemonSets: what keeps a number of pods running. */
export const replicated = {
  spec: pick({
    replicas: keep,
    paused: keep,
    selector: shared(),
    strategy: shared(),
    updateStrategy: shared(),
    serviceName: text,
    podManagementPolicy: text,
    minReadySeconds: keep,
    progressDeadlineSeconds: keep,
    revisionHistoryLimit: keep,
    template: podTemplate,
  }),
  status: pick({
    observedGeneration: keep,
    replicas: keep,
    readyReplicas: keep,
    availableReplicas: keep,
    unavailableReplicas: keep,
    updatedReplicas: keep,
    currentReplicas: keep,
    currentRevision: text,
    updateRevision: text,
    desiredNumberScheduled: keep,
    currentNumberScheduled: keep,
    updatedNumberScheduled: keep,
    numberReady: keep,
    numberAvailable: keep,
    numberUnavailable: keep,
    numberMisscheduled: keep,
    conditions,
  }),
};

export const job = {
  spec: pick({
    suspend: keep,
    parallelism: keep,
    completions: keep,
    backoffLimit: keep,
    activeDeadlineSeconds: keep,
    template: podTemplate,
  }),
  status: pick({
    startTime: keep,
    completionTime: keep,
    active: keep,
    ready: keep,
    succeeded: keep,
    failed: keep,
    conditions,
  }),
};

export const cronJob = {
  spec: pick({
    schedule: keep,
    timeZone: text,
    suspend: keep,
    concurrencyPolicy: text,
    startingDeadlineSeconds: keep,
    jobTemplate: pick({ spec: job.spec }),
  }),
  status: pick({
    lastScheduleTime: keep,
    lastSuccessfulTime: keep,
    active: pick({ name: keep, namespace: text, uid: keep }),
  }),
};

export const autoscaler = {
  spec: pick({
    scaleTargetRef: keep,
    minReplicas: keep,
    maxReplicas: keep,
    metrics: shared(),
  }),
  status: pick({
    currentReplicas: keep,
    desiredReplicas: keep,
    lastScaleTime: keep,
    currentMetrics: keep,
    conditions,
  }),
};

/** Argo Rollouts. */
export const rollout = {
  spec: pick({
    replicas: keep,
    paused: keep,
    workloadRef: keep,
    selector: shared(),
    strategy: pick({
      blueGreen: shared(),
      canary: pick({
        steps: shared(),
        stableService: text,
        canaryService: text,
        maxSurge: keep,
        maxUnavailable: keep,
      }),
    }),
    template: podTemplate,
  }),
  status: pick({
    phase: text,
    message: keep,
    abort: keep,
    abortedAt: keep,
    promoteFull: keep,
    currentPodHash: keep,
    stableRS: keep,
    currentStepIndex: keep,
    replicas: keep,
    readyReplicas: keep,
    availableReplicas: keep,
    updatedReplicas: keep,
    blueGreen: pick({ activeSelector: keep, previewSelector: keep }),
    canary: pick({ weights: keep }),
    pauseConditions: keep,
    conditions,
  }),
};
