import { NotFoundError } from '@backstage/errors';
import {
  KUBERNETES_ID_LABEL,
  TEAM_LABEL,
} from '@internal/plugin-ml-platform-common';
import type { ObjectType, StoredObject } from './ClusterStore';
import { digestsOfPod, digestsOfReport } from './imageDigests';
import type { Indexes } from './ObjectTable';
import * as cluster from './projection/clusterProjections';
import type { Projection } from './projection/projectObject';
import * as reports from './projection/reportProjections';
import * as workloads from './projection/workloadProjections';

/** How the API server serves a type, and what is kept of its objects. */
export interface ObjectTypeDefinition {
  /** Empty for the core group. */
  group: string;
  version: string;
  plural: string;
  apiVersion: string;
  kind: string;
  namespaced: boolean;
  /** Served by a custom resource definition: a cluster without it has no such objects, which is no error. */
  optional: boolean;
  /** Objects on the first page of a list; fewer where one object can be a megabyte. */
  pageSize: number;
  /** Only these objects are read. */
  fieldSelector?: string;
  projection: Projection;
  indexes: Indexes;
}

type Options = Partial<
  Pick<
    ObjectTypeDefinition,
    'namespaced' | 'pageSize' | 'fieldSelector' | 'indexes'
  >
>;

/** Served by the API server itself; everything else comes with a custom resource definition. */
const BUILT_IN_GROUPS = [
  '',
  'apps',
  'autoscaling',
  'batch',
  'networking.k8s.io',
];

const ofCluster: Options = { namespaced: false };
const ofImage: Options = {
  pageSize: 20,
  indexes: { imageDigest: digestsOfReport },
};

/**
 * A new type is a row here and a name in `ObjectType`. Secrets have no row: nothing may read them. Small types that
 * others depend on come first, since a cluster is read in this order.
 */
export const objectTypes: Record<ObjectType, ObjectTypeDefinition> = {
  namespaces: row('v1', 'Namespace', cluster.namespace, {
    ...ofCluster,
    indexes: { team: labelled(TEAM_LABEL) },
  }),
  applications: row(
    'argoproj.io/v1alpha1',
    'Application',
    cluster.application,
    { indexes: { team: projectOf } },
  ),
  nodes: row('v1', 'Node', cluster.node, ofCluster),
  resourcequotas: row('v1', 'ResourceQuota', cluster.resourceQuota),
  limitranges: row('v1', 'LimitRange', cluster.limitRange),
  deployments: row('apps/v1', 'Deployment', workloads.replicated),
  statefulsets: row('apps/v1', 'StatefulSet', workloads.replicated),
  daemonsets: row('apps/v1', 'DaemonSet', workloads.replicated),
  cronjobs: row('batch/v1', 'CronJob', workloads.cronJob),
  jobs: row('batch/v1', 'Job', workloads.job),
  rollouts: row('argoproj.io/v1alpha1', 'Rollout', workloads.rollout),
  workloads: row('kueue.x-k8s.io/v1beta2', 'Workload', cluster.queuedWorkload),
  localqueues: row('kueue.x-k8s.io/v1beta2', 'LocalQueue', cluster.localQueue),
  horizontalpodautoscalers: row(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    workloads.autoscaler,
  ),
  persistentvolumeclaims: row(
    'v1',
    'PersistentVolumeClaim',
    cluster.persistentVolumeClaim,
  ),
  services: row('v1', 'Service', cluster.service),
  ingresses: row('networking.k8s.io/v1', 'Ingress', cluster.ingress, {
    plural: 'ingresses',
  }),
  configmaps: row('v1', 'ConfigMap', cluster.configMap),
  pods: row('v1', 'Pod', workloads.pod, {
    indexes: { imageDigest: digestsOfPod },
  }),
  replicasets: row('apps/v1', 'ReplicaSet', workloads.replicated),
  // What goes well is most of the events, and nobody reads it.
  events: row('v1', 'Event', cluster.event, { fieldSelector: 'type!=Normal' }),
  exposedsecretreports: row(
    'aquasecurity.github.io/v1alpha1',
    'ExposedSecretReport',
    reports.exposedSecretReport,
    ofImage,
  ),
  clustercompliancereports: row(
    'aquasecurity.github.io/v1alpha1',
    'ClusterComplianceReport',
    reports.clusterComplianceReport,
    { ...ofCluster, pageSize: 5 },
  ),
  configauditreports: row(
    'aquasecurity.github.io/v1alpha1',
    'ConfigAuditReport',
    reports.configAuditReport,
    { pageSize: 50 },
  ),
  vulnerabilityreports: row(
    'aquasecurity.github.io/v1alpha1',
    'VulnerabilityReport',
    reports.vulnerabilityReport,
    ofImage,
  ),
};

/** The path of a type's list, for example `/apis/apps/v1/namespaces/app-ml-team/deployments`. */
export function listPath(
  { group, version, plural }: ObjectTypeDefinition,
  namespace: string | undefined,
): string {
  const root = group ? `/apis/${group}/${version}` : `/api/${version}`;
  return namespace === undefined
    ? `${root}/${plural}`
    : `${root}/namespaces/${pathSegment(namespace)}/${plural}`;
}

/** The path of a pod's log. */
export function logPath(namespace: string, pod: string): string {
  return `/api/v1/namespaces/${pathSegment(namespace)}/pods/${pathSegment(
    pod,
  )}/log`;
}

/** Names come from people, and `..` would leave the path even when it is encoded. */
function pathSegment(name: string): string {
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name)) {
    throw new NotFoundError('There is no such object');
  }
  return name;
}

function row(
  apiVersion: string,
  kind: string,
  projection: Projection,
  options: Options & { plural?: string } = {},
): ObjectTypeDefinition {
  const [version, group = ''] = apiVersion.split('/').reverse();
  return {
    group,
    version,
    apiVersion,
    kind,
    plural: `${kind.toLowerCase()}s`,
    namespaced: true,
    optional: !BUILT_IN_GROUPS.includes(group),
    pageSize: 500,
    projection,
    ...options,
    indexes: { workload: labelled(KUBERNETES_ID_LABEL), ...options.indexes },
  };
}

function labelled(label: string) {
  return ({ metadata }: StoredObject): string[] => {
    const value = metadata.labels?.[label];
    return value === undefined ? [] : [value];
  };
}

/** The team of an Application is its AppProject; its labels would prove nothing. */
function projectOf({ spec }: StoredObject): string[] {
  return typeof spec?.project === 'string' ? [spec.project] : [];
}
