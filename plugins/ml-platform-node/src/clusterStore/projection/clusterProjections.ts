import { conditions, text } from './objectParts';
import { keep, namesOnly, pick, shared } from './projector';

export const namespace = { status: pick({ phase: text }) };

export const node = {
  spec: pick({ unschedulable: keep, taints: shared() }),
  status: pick({
    capacity: shared(),
    allocatable: shared(),
    conditions,
    nodeInfo: shared(pick({ kubeletVersion: keep, architecture: keep })),
  }),
};

export const resourceQuota = {
  spec: pick({ hard: shared(), scopes: keep, scopeSelector: keep }),
  status: pick({ hard: shared(), used: keep }),
};

export const limitRange = { spec: shared() };

export const persistentVolumeClaim = {
  spec: pick({
    accessModes: shared(),
    resources: shared(),
    storageClassName: text,
    volumeName: keep,
    volumeMode: text,
  }),
  status: pick({ phase: text, capacity: shared(), conditions }),
};

export const service = {
  spec: pick({
    type: text,
    clusterIP: keep,
    externalName: keep,
    ports: shared(),
    selector: shared(),
  }),
  status: pick({ loadBalancer: shared() }),
};

export const ingress = {
  spec: pick({
    ingressClassName: text,
    rules: shared(),
    tls: pick({ hosts: keep }),
    defaultBackend: keep,
  }),
  status: pick({ loadBalancer: shared() }),
};

/** Their content is not kept: it can be a megabyte, and holds what people should not put there. */
export const configMap = {
  immutable: keep,
  data: namesOnly('(not read by the portal)'),
};

export const event = {
  involvedObject: pick({
    apiVersion: text,
    kind: text,
    name: text,
    namespace: text,
    uid: text,
    fieldPath: text,
  }),
  type: text,
  reason: text,
  message: text,
  count: keep,
  firstTimestamp: keep,
  lastTimestamp: keep,
  eventTime: keep,
  series: pick({ count: keep, lastObservedTime: keep }),
  source: shared(pick({ component: keep })),
  reportingComponent: text,
};

const source = shared(
  pick({ repoURL: keep, path: keep, chart: keep, targetRevision: keep }),
);

export const application = {
  spec: pick({
    project: text,
    source,
    sources: source,
    destination: shared(),
    syncPolicy: shared(pick({ automated: keep })),
  }),
  status: pick({
    sync: pick({ status: text, revision: text, revisions: keep }),
    health: pick({ status: text, message: keep, lastTransitionTime: keep }),
    summary: pick({ images: keep, externalURLs: keep }),
    reconciledAt: keep,
    operationState: pick({
      phase: text,
      message: keep,
      startedAt: keep,
      finishedAt: keep,
      retryCount: keep,
      syncResult: pick({ revision: text, revisions: keep }),
    }),
    conditions,
    history: pick({
      id: keep,
      revision: text,
      revisions: keep,
      source,
      sources: source,
      deployStartedAt: keep,
      deployedAt: keep,
    }),
  }),
};

/** Kueue's Workload: a job in a queue. */
export const queuedWorkload = {
  spec: pick({
    queueName: text,
    priority: keep,
    priorityClassName: text,
    priorityClassRef: shared(),
    active: keep,
    podSets: pick({ name: text, count: keep }),
  }),
  status: pick({
    conditions,
    admission: pick({
      clusterQueue: text,
      podSetAssignments: pick({
        name: text,
        count: keep,
        flavors: shared(),
        resourceUsage: shared(),
      }),
    }),
    requeueState: keep,
    admissionChecks: pick({ name: text, state: text, message: keep }),
    resourceRequests: shared(),
  }),
};

/** Kueue's LocalQueue: the door of a namespace to a ClusterQueue. */
export const localQueue = {
  spec: pick({ clusterQueue: text, stopPolicy: text }),
  status: pick({ pendingWorkloads: keep, conditions }),
};
