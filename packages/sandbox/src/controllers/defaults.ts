import { createHash, randomUUID } from 'node:crypto';
import {
  type Draft,
  field,
  type Fields,
  isFields,
} from '../kubernetes/KubernetesObject';

// What the API server fills in. A field that is absent here is left as written.

const PROBE = {
  failureThreshold: 3,
  periodSeconds: 10,
  successThreshold: 1,
  timeoutSeconds: 1,
  httpGet: { scheme: 'HTTP' },
};
/** What a rolling update does when nothing is said; other strategies have no such fields. */
const ROLLING_UPDATES: Record<string, Fields> = {
  Deployment: { maxSurge: '25%', maxUnavailable: '25%' },
  StatefulSet: { partition: 0 },
  DaemonSet: { maxSurge: 0, maxUnavailable: 1 },
};
const POD = {
  restartPolicy: 'Always',
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  securityContext: {},
  terminationGracePeriodSeconds: 30,
};
const CONTAINER = {
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
};

const SPECS: Record<string, Fields> = {
  Deployment: {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    strategy: { type: 'RollingUpdate' },
  },
  StatefulSet: {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    updateStrategy: { type: 'RollingUpdate' },
    persistentVolumeClaimRetentionPolicy: {
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
    },
  },
  DaemonSet: {
    revisionHistoryLimit: 10,
    updateStrategy: { type: 'RollingUpdate' },
  },
  Job: {
    backoffLimit: 6,
    parallelism: 1,
    completionMode: 'NonIndexed',
    suspend: false,
    manualSelector: false,
    podReplacementPolicy: 'TerminatingOrFailed',
  },
  CronJob: {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    jobTemplate: { metadata: {} },
  },
  Service: {
    type: 'ClusterIP',
    sessionAffinity: 'None',
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
  },
  PersistentVolumeClaim: {
    storageClassName: 'standard',
    volumeMode: 'Filesystem',
  },
  HorizontalPodAutoscaler: { minReplicas: 1 },
  Namespace: { finalizers: ['kubernetes'] },
};

const TEMPLATES: Record<string, string[]> = {
  Deployment: ['template'],
  ReplicaSet: ['template'],
  StatefulSet: ['template'],
  DaemonSet: ['template'],
  Job: ['template'],
  CronJob: ['jobTemplate', 'spec', 'template'],
};

/** The object as the API server would store it. Applying it again changes nothing. */
export function withDefaults(draft: Draft): Draft {
  const { kind, metadata } = draft;
  const filled = {
    ...draft,
    ...(SPECS[kind] && { spec: fill(SPECS[kind], draft.spec ?? {}) }),
  };
  if (filled.spec && ROLLING_UPDATES[kind]) {
    const strategy = kind === 'Deployment' ? 'strategy' : 'updateStrategy';
    filled.spec = change(filled.spec, [strategy], given =>
      given.type === 'RollingUpdate'
        ? fill({ rollingUpdate: ROLLING_UPDATES[kind] }, given)
        : given,
    );
  }
  if (filled.spec && TEMPLATES[kind]) {
    filled.spec = change(filled.spec, [...TEMPLATES[kind], 'spec'], podSpec);
  }
  switch (kind) {
    case 'Namespace':
      return {
        ...filled,
        metadata: {
          ...metadata,
          labels: {
            'kubernetes.io/metadata.name': metadata.name,
            ...metadata.labels,
          },
        },
      };
    case 'Job':
      return withJobLabels(filled);
    case 'Service':
      return { ...filled, spec: serviceSpec(filled) };
    case 'Secret':
      return withoutSecrets(filled);
    default:
      return filled;
  }
}

function fill(defaults: Fields, given: Fields): Fields {
  const result = { ...given };
  for (const [name, value] of Object.entries(defaults)) {
    const own = given[name];
    result[name] =
      isFields(value) && isFields(own) ? fill(value, own) : own ?? value;
  }
  return result;
}

/** Changes what is at a path, when it is there. */
function change(
  object: Fields,
  [name, ...rest]: string[],
  by: (value: Fields) => Fields,
): Fields {
  const value = object[name];
  return isFields(value)
    ? { ...object, [name]: rest.length ? change(value, rest, by) : by(value) }
    : object;
}

function podSpec(spec: Fields): Fields {
  const containers = (value: unknown) => (value as Fields[]).map(container);
  return {
    ...fill(POD, spec),
    ...(typeof spec.serviceAccountName === 'string' && {
      serviceAccount: spec.serviceAccountName,
    }),
    ...(Array.isArray(spec.containers) && {
      containers: containers(spec.containers),
    }),
    ...(Array.isArray(spec.initContainers) && {
      initContainers: containers(spec.initContainers),
    }),
  };
}

function container(given: Fields): Fields {
  const image = String(given.image);
  const isMoving = image.endsWith(':latest') || !/[:@][^/]*$/.test(image);
  const filled: Fields = {
    imagePullPolicy: isMoving ? 'Always' : 'IfNotPresent',
    ...fill(CONTAINER, given),
  };
  for (const name of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    const probe = given[name];
    if (isFields(probe)) {
      const { httpGet, ...others } = PROBE;
      filled[name] = fill(probe.httpGet ? PROBE : others, probe);
    }
  }
  filled.resources = resources(given.resources);
  if (Array.isArray(given.ports)) {
    filled.ports = given.ports.map(port => ({ protocol: 'TCP', ...port }));
  }
  return filled;
}

/** Quantities are strings, however they were written. */
function resources(given: unknown): Fields {
  return Object.fromEntries(
    Object.entries(isFields(given) ? given : {}).map(([kind, quantities]) => [
      kind,
      isFields(quantities)
        ? Object.fromEntries(
            Object.entries(quantities).map(([name, quantity]) => [
              name,
              String(quantity),
            ]),
          )
        : quantities,
    ]),
  );
}

/** The labels by which a Job finds its pods; they carry its uid, which is therefore chosen here. */
function withJobLabels(job: Draft): Draft {
  const spec: Fields = job.spec ?? {};
  if (spec.selector) {
    return job;
  }
  const uid = randomUUID();
  const { name } = job.metadata;
  const own = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  const template = change({ template: spec.template }, ['template'], given => ({
    ...given,
    metadata: {
      ...(given.metadata as Fields),
      labels: { ...(field(given, 'metadata.labels') as Fields), ...own },
    },
  }));
  // Only a Job that says nothing of parallelism runs exactly once.
  const once = spec.completions === undefined && spec.parallelism === 1;
  // A Job without labels has those of its pods.
  const labels =
    Object.keys(job.metadata.labels ?? {}).length > 0
      ? job.metadata.labels
      : (field(template, 'template.metadata.labels') as Record<string, string>);
  return {
    ...job,
    metadata: { ...job.metadata, uid, labels },
    spec: {
      ...spec,
      ...template,
      ...(once && { completions: 1 }),
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
    },
  };
}

function serviceSpec({ metadata, spec = {} }: Draft): Fields {
  const ports = Array.isArray(spec.ports)
    ? spec.ports.map((port: Fields) => ({
        protocol: 'TCP',
        targetPort: port.port,
        ...port,
      }))
    : undefined;
  if (spec.type === 'ExternalName') {
    return { ...spec, ports };
  }
  const [high, low] = createHash('sha256')
    .update(`${metadata.namespace}/${metadata.name}`)
    .digest();
  const clusterIP = spec.clusterIP ?? `10.96.${high}.${low}`;
  return { ...spec, ports, clusterIP, clusterIPs: [clusterIP] };
}

/** The sandbox keeps no secrets: names, never values. */
function withoutSecrets(secret: Draft): Draft {
  const { data, stringData, ...rest } = secret;
  const names = [data, stringData].flatMap(values =>
    isFields(values) ? Object.keys(values) : [],
  );
  return {
    type: 'Opaque',
    ...rest,
    data: Object.fromEntries(names.map(name => [name, ''])),
  } as Draft;
}
