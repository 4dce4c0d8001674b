import { NotFoundError } from '@backstage/errors';
import { KUBERNETES_ID_LABEL } from '@internal/plugin-ml-platform-common';
import type { z } from 'zod';
import { applicationKind } from '../kinds/application';
import { appProjectKind } from '../kinds/appProject';
import { clusterComplianceReportKind } from '../kinds/clusterComplianceReport';
import { configAuditReportKind } from '../kinds/configAuditReport';
import { configMapKind } from '../kinds/configMap';
import { cronJobKind } from '../kinds/cronJob';
import { daemonSetKind } from '../kinds/daemonSet';
import { deploymentKind } from '../kinds/deployment';
import { eventKind } from '../kinds/event';
import { exposedSecretReportKind } from '../kinds/exposedSecretReport';
import { horizontalPodAutoscalerKind } from '../kinds/horizontalPodAutoscaler';
import { ingressKind } from '../kinds/ingress';
import { jobKind } from '../kinds/job';
import type { Kind } from '../kinds/Kind';
import { kueueWorkloadKind } from '../kinds/kueueWorkload';
import { limitRangeKind } from '../kinds/limitRange';
import { localQueueKind } from '../kinds/localQueue';
import { namespaceKind } from '../kinds/namespace';
import { nodeKind } from '../kinds/node';
import { ownerOf } from '../kinds/ownership';
import { persistentVolumeClaimKind } from '../kinds/persistentVolumeClaim';
import { podKind } from '../kinds/pod';
import { replicaSetKind } from '../kinds/replicaSet';
import { resourceQuotaKind } from '../kinds/resourceQuota';
import { rolloutKind } from '../kinds/rollout';
import { serviceKind } from '../kinds/service';
import { statefulSetKind } from '../kinds/statefulSet';
import type { StoredObject } from '../kinds/StoredObject';
import { vulnerabilityReportKind } from '../kinds/vulnerabilityReport';
import { digestsOfPod, digestsOfReport } from './imageDigests';
import type { Indexes } from './ObjectTable';

/** A kind, and how the store reads and indexes its objects. */
export interface ObjectTypeDefinition<Schema extends z.ZodType = z.ZodType>
  extends Kind {
  schema: Schema;
  /** Empty for the core group. */
  group: string;
  version: string;
  /** Versions in which the type can be read, in order of preference. */
  versions: string[];
  /** Defined by a custom resource definition, so a cluster may lack it. */
  optional: boolean;
  /** Objects on one page of a list; fewer where one object can be a megabyte. */
  pageSize: number;
  /** Limits the objects that are read. */
  fieldSelector?: string;
  indexes: Indexes;
}

type ReadOptions = Partial<
  Pick<ObjectTypeDefinition, 'pageSize' | 'fieldSelector' | 'indexes'>
>;

/** API groups that do not need a custom resource definition. */
const BUILT_IN_GROUPS = [
  '',
  'apps',
  'autoscaling',
  'batch',
  'networking.k8s.io',
];

const owned: ReadOptions = { indexes: { team: teamOf } };
const imageReport: ReadOptions = {
  pageSize: 20,
  indexes: { imageDigest: digestsOfReport },
};

/**
 * The types that the store follows: a new type is a row here. Secrets have no row, so nothing can read them. A cluster
 * is read in this order, so small types that others depend on come first.
 */
export const objectTypes = {
  namespaces: row(namespaceKind, owned),
  appprojects: row(appProjectKind),
  applications: row(applicationKind, owned),
  nodes: row(nodeKind),
  resourcequotas: row(resourceQuotaKind),
  limitranges: row(limitRangeKind),
  deployments: row(deploymentKind),
  statefulsets: row(statefulSetKind),
  daemonsets: row(daemonSetKind),
  cronjobs: row(cronJobKind),
  jobs: row(jobKind),
  rollouts: row(rolloutKind),
  kueueworkloads: row(kueueWorkloadKind),
  localqueues: row(localQueueKind),
  horizontalpodautoscalers: row(horizontalPodAutoscalerKind),
  persistentvolumeclaims: row(persistentVolumeClaimKind),
  services: row(serviceKind),
  ingresses: row(ingressKind),
  configmaps: row(configMapKind),
  pods: row(podKind, { indexes: { imageDigest: digestsOfPod } }),
  replicasets: row(replicaSetKind),
  // Most events are Normal, and nothing reads those.
  events: row(eventKind, { fieldSelector: 'type!=Normal' }),
  exposedsecretreports: row(exposedSecretReportKind, imageReport),
  clustercompliancereports: row(clusterComplianceReportKind, { pageSize: 5 }),
  configauditreports: row(configAuditReportKind, { pageSize: 50 }),
  vulnerabilityreports: row(vulnerabilityReportKind, imageReport),
};

/** A type that the store follows. */
export type ObjectType = keyof typeof objectTypes;

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

/** Names are user input, and `..` would leave the path even when it is encoded. */
function pathSegment(name: string): string {
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name)) {
    throw new NotFoundError('There is no such object');
  }
  return name;
}

function row<Schema extends z.ZodType>(
  kind: Kind & { schema: Schema },
  options: ReadOptions = {},
): ObjectTypeDefinition<Schema> {
  const [version, group = ''] = kind.apiVersion.split('/').reverse();
  return {
    ...kind,
    group,
    version,
    versions: [version, ...(kind.olderVersions ?? [])],
    optional: !BUILT_IN_GROUPS.includes(group),
    pageSize: 500,
    ...options,
    indexes: { workload: workloadLabel, ...options.indexes },
  };
}

function workloadLabel({ metadata }: StoredObject): string[] {
  const workload = metadata.labels?.[KUBERNETES_ID_LABEL];
  return workload === undefined ? [] : [workload];
}

function teamOf(object: StoredObject): string[] {
  const owner = ownerOf(object);
  return owner === undefined ? [] : [owner.team];
}
