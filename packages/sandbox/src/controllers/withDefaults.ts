import { createHash, randomUUID } from 'node:crypto';
import {
  type Draft,
  field,
  type Fields,
  isFields,
} from '../kubernetes/KubernetesObject';

// Defaults of the API server, as far as the sandbox needs them.

const PROBE_DEFAULTS = {
  failureThreshold: 3,
  periodSeconds: 10,
  successThreshold: 1,
  timeoutSeconds: 1,
  httpGet: { scheme: 'HTTP' },
};
/** Defaults of the `RollingUpdate` strategy; other strategies have no such fields. */
const ROLLING_UPDATE_DEFAULTS: Record<string, Fields> = {
  Deployment: { maxSurge: '25%', maxUnavailable: '25%' },
  StatefulSet: { partition: 0 },
  DaemonSet: { maxSurge: 0, maxUnavailable: 1 },
};
const POD_DEFAULTS = {
  restartPolicy: 'Always',
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  securityContext: {},
  terminationGracePeriodSeconds: 30,
};
const CONTAINER_DEFAULTS = {
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
};

const SPEC_DEFAULTS: Record<string, Fields> = {
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

const POD_TEMPLATE_PATHS: Record<string, string[]> = {
  Deployment: ['template'],
  ReplicaSet: ['template'],
  StatefulSet: ['template'],
  DaemonSet: ['template'],
  Job: ['template'],
  CronJob: ['jobTemplate', 'spec', 'template'],
};

/** Adds the defaults that the API server adds. Idempotent. */
export function withDefaults(draft: Draft): Draft {
  const { kind, metadata } = draft;
  const filled = {
    ...draft,
    ...(SPEC_DEFAULTS[kind] && {
      spec: fillDefaults(SPEC_DEFAULTS[kind], draft.spec ?? {}),
    }),
  };
  if (filled.spec && ROLLING_UPDATE_DEFAULTS[kind]) {
    const strategy = kind === 'Deployment' ? 'strategy' : 'updateStrategy';
    filled.spec = updateAt(filled.spec, [strategy], given =>
      given.type === 'RollingUpdate'
        ? fillDefaults({ rollingUpdate: ROLLING_UPDATE_DEFAULTS[kind] }, given)
        : given,
    );
  }
  if (filled.spec && POD_TEMPLATE_PATHS[kind]) {
    filled.spec = updateAt(
      filled.spec,
      [...POD_TEMPLATE_PATHS[kind], 'spec'],
      withPodDefaults,
    );
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
      return { ...filled, spec: withServiceDefaults(filled) };
    case 'Secret':
      return redactSecretData(filled);
    default:
      return filled;
  }
}

function fillDefaults(defaults: Fields, given: Fields): Fields {
  const result = { ...given };
  for (const [name, value] of Object.entries(defaults)) {
    const current = given[name];
    result[name] =
      isFields(value) && isFields(current)
        ? fillDefaults(value, current)
        : current ?? value;
  }
  return result;
}

/** Updates the object at a path, if it exists. */
function updateAt(
  object: Fields,
  [name, ...rest]: string[],
  by: (value: Fields) => Fields,
): Fields {
  const value = object[name];
  return isFields(value)
    ? { ...object, [name]: rest.length ? updateAt(value, rest, by) : by(value) }
    : object;
}

function withPodDefaults(spec: Fields): Fields {
  const containers = (value: unknown) => (value as Fields[]).map(container);
  return {
    ...fillDefaults(POD_DEFAULTS, spec),
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
    ...fillDefaults(CONTAINER_DEFAULTS, given),
  };
  for (const name of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    const probe = given[name];
    if (isFields(probe)) {
      const { httpGet, ...others } = PROBE_DEFAULTS;
      filled[name] = fillDefaults(
        probe.httpGet ? PROBE_DEFAULTS : others,
        probe,
      );
    }
  }
  filled.resources = quantitiesAsText(given.resources);
  if (Array.isArray(given.ports)) {
    filled.ports = given.ports.map(port => ({ protocol: 'TCP', ...port }));
  }
  return filled;
}

/** Converts quantities to strings: YAML may contain numbers. */
function quantitiesAsText(given: unknown): Fields {
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

/** Adds the selector and pod labels of a Job. They contain its uid, which is therefore generated here. */
function withJobLabels(job: Draft): Draft {
  const spec: Fields = job.spec ?? {};
  if (spec.selector) {
    return job;
  }
  const uid = randomUUID();
  const { name } = job.metadata;
  const podLabels = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  const template = updateAt(
    { template: spec.template },
    ['template'],
    given => ({
      ...given,
      metadata: {
        ...(given.metadata as Fields),
        labels: {
          ...(field(given, 'metadata.labels') as Fields),
          ...podLabels,
        },
      },
    }),
  );
  // The API server defaults completions to 1 only for a Job without parallelism.
  const once = spec.completions === undefined && spec.parallelism === 1;
  // A Job without labels inherits those of its pod template.
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

function withServiceDefaults({ metadata, spec = {} }: Draft): Fields {
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

/** Removes the values of a Secret: the sandbox stores only its keys. */
function redactSecretData(secret: Draft): Draft {
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
