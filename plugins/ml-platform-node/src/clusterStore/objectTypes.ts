import { NotFoundError } from '@backstage/errors';
import type { ObjectType } from './ClusterStore';

/** How the API server serves a type. */
export interface ObjectTypeDefinition {
  /** Empty for the core group. */
  group: string;
  version: string;
  plural: string;
  apiVersion: string;
  kind: string;
  /** Objects per page of a list; fewer where one object can be a megabyte. */
  pageSize: number;
  /** Served by a custom resource definition: a cluster without it has no such objects, which is no error. */
  optional: boolean;
}

/** A new type is a row here and a name in `ObjectType`. Secrets have no row: nothing may read them. */
export const objectTypes: Record<ObjectType, ObjectTypeDefinition> = {
  namespaces: core('Namespace', 'namespaces'),
  pods: core('Pod', 'pods'),
  services: core('Service', 'services'),
  configmaps: core('ConfigMap', 'configmaps'),
  limitranges: core('LimitRange', 'limitranges'),
  resourcequotas: core('ResourceQuota', 'resourcequotas'),
  events: core('Event', 'events'),
  deployments: grouped('apps/v1', 'Deployment', 'deployments'),
  replicasets: grouped('apps/v1', 'ReplicaSet', 'replicasets'),
  statefulsets: grouped('apps/v1', 'StatefulSet', 'statefulsets'),
  daemonsets: grouped('apps/v1', 'DaemonSet', 'daemonsets'),
  jobs: grouped('batch/v1', 'Job', 'jobs'),
  cronjobs: grouped('batch/v1', 'CronJob', 'cronjobs'),
  horizontalpodautoscalers: grouped(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'horizontalpodautoscalers',
  ),
  ingresses: grouped('networking.k8s.io/v1', 'Ingress', 'ingresses'),
  applications: custom('argoproj.io/v1alpha1', 'Application', 'applications'),
  vulnerabilityreports: {
    ...custom(
      'aquasecurity.github.io/v1alpha1',
      'VulnerabilityReport',
      'vulnerabilityreports',
    ),
    pageSize: 50,
  },
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

function core(kind: string, plural: string): ObjectTypeDefinition {
  return {
    group: '',
    version: 'v1',
    apiVersion: 'v1',
    kind,
    plural,
    pageSize: 500,
    optional: false,
  };
}

function grouped(
  apiVersion: string,
  kind: string,
  plural: string,
): ObjectTypeDefinition {
  const [group, version] = apiVersion.split('/');
  return { ...core(kind, plural), group, version, apiVersion };
}

function custom(
  apiVersion: string,
  kind: string,
  plural: string,
): ObjectTypeDefinition {
  return { ...grouped(apiVersion, kind, plural), optional: true };
}
