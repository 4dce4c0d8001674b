import { entries, keep, pick, shared } from './projector';

/** Longer annotations are notes of tools to themselves, such as `last-applied-configuration`. */
const MAX_ANNOTATION_LENGTH = 1000;

export const text = shared();

export const metadata = pick({
  name: keep,
  namespace: text,
  uid: keep,
  resourceVersion: keep,
  generation: keep,
  creationTimestamp: keep,
  deletionTimestamp: keep,
  labels: shared(entries((_, value) => typeof value === 'string')),
  annotations: shared(
    entries(
      (_, value) =>
        typeof value === 'string' && value.length <= MAX_ANNOTATION_LENGTH,
    ),
  ),
  ownerReferences: shared(
    pick({
      apiVersion: keep,
      kind: keep,
      name: keep,
      uid: keep,
      controller: keep,
    }),
  ),
});

export const conditions = pick({
  type: text,
  status: text,
  reason: text,
  message: text,
  lastTransitionTime: text,
});

/** Environment and arguments are not kept: they hold what people should not put there. */
const containers = shared(
  pick({
    name: keep,
    image: keep,
    restartPolicy: keep,
    resources: pick({ requests: keep, limits: keep }),
    ports: pick({ name: keep, containerPort: keep, protocol: keep }),
  }),
);

const podSpecFields = {
  containers,
  initContainers: containers,
  nodeSelector: shared(),
  overhead: shared(),
  resources: shared(pick({ requests: keep, limits: keep })),
  restartPolicy: text,
  priorityClassName: text,
  serviceAccountName: text,
  schedulingGates: shared(),
  volumes: shared(
    pick({
      name: keep,
      persistentVolumeClaim: pick({ claimName: keep }),
    }),
  ),
};

export const podSpec = pick({ ...podSpecFields, nodeName: text });

export const podTemplate = pick({
  metadata: pick({ labels: shared() }),
  spec: pick(podSpecFields),
});

const containerState = pick({
  waiting: pick({ reason: text, message: text }),
  running: pick({ startedAt: keep }),
  terminated: pick({
    exitCode: keep,
    reason: text,
    message: keep,
    startedAt: keep,
    finishedAt: keep,
  }),
});

export const containerStatuses = pick({
  name: text,
  image: text,
  imageID: text,
  ready: keep,
  started: keep,
  restartCount: keep,
  state: containerState,
  lastState: containerState,
});
