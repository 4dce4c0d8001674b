export { applicationConditions, isFailedSync } from './applicationConditions';
export {
  commitsOf,
  mainRevision,
  newestSync,
  notableSources,
} from './applicationRevisions';
export {
  applicationSchema,
  type Application,
  type ApplicationSource,
} from './applicationSchema';
export { summariseApplication } from './applicationSummary';
export type { SyncWindow } from './appProject';
export type { CronJob } from './cronJob';
export type { DaemonSet } from './daemonSet';
export { eventTime, type Event } from './event';
export type { HorizontalPodAutoscaler } from './horizontalPodAutoscaler';
export { jobCondition, type Job } from './job';
export {
  isInQueue,
  isWaiting,
  kueueWorkloadSchema,
  queueOfLabels,
  workloadCondition,
  type KueueWorkload,
} from './kueueWorkload';
export type { LocalQueue } from './localQueue';
export type { Condition } from './conditions';
export { matchesPattern } from './matchesPattern';
export { isOwnedBy, newestFirst, type WithMetadata } from './metadata';
export { nodeFacts, type NodeFacts } from './node';
export {
  environmentOfApplication,
  ownerOf,
  ownerOfApplication,
  ownerOfNamespace,
} from './ownership';
export {
  volumeBytes,
  type PersistentVolumeClaim,
} from './persistentVolumeClaim';
export {
  claimNames,
  isActivePod,
  isFinishedPod,
  isReadyPod,
  nodeOfPod,
  podSchema,
  type ContainerStatus,
  type Pod,
  type Terminated,
} from './pod';
export {
  addRequests,
  NO_REQUESTS,
  podRequests,
  type ResourceRequests,
} from './podRequests';
export {
  gpuCount,
  gpusOfSpec,
  podSpecSchema,
  runningContainers,
  type Container,
  type PodSpec,
} from './podTemplate';
export type { ReplicaSet } from './replicaSet';
export type { Replicated } from './replicated';
export {
  quotaScopes,
  resourceQuotaSchema,
  type ResourceQuota,
} from './resourceQuota';
export type { ArgoRollout } from './rollout';
export type { StoredObject } from './StoredObject';
export type { StoredFinding, VulnerabilityReport } from './vulnerabilityReport';
export { workloadOf } from './workloadOf';
