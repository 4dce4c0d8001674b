import type { Column } from './table';
import * as core from './columns/core';
import * as workloads from './columns/workloads';
import * as custom from './columns/custom';

/** One row of the table that the whole API server follows. */
export interface ResourceType {
  /** Empty for the core group. */
  group: string;
  version: string;
  kind: string;
  /** Unique among all rows: the store's key. */
  plural: string;
  singular: string;
  shortNames: string[];
  namespaced: boolean;
  categories: string[];
  /** What `kubectl get` shows after the name. */
  columns: Column[];
  /** Installed by a CustomResourceDefinition. */
  custom: boolean;
}

type Options = Partial<
  Pick<ResourceType, 'shortNames' | 'namespaced' | 'categories' | 'custom'>
>;

const cluster: Options = { namespaced: false };
const all: Options = { categories: ['all'] };
const trivy: Options = { custom: true };

const CREATED: Column[] = [['Created At', 'metadata.creationTimestamp']];
const AGE: Column[] = ['Age'];

/** Every type that the API serves. To serve another one, add a row. */
export const resourceTypes: ResourceType[] = [
  row('v1', 'Namespace', 'namespaces', ['ns'], core.namespace, cluster),
  row('v1', 'Node', 'nodes', ['no'], core.node, cluster),
  row('v1', 'Pod', 'pods', ['po'], workloads.pod, all),
  row('v1', 'Service', 'services', ['svc'], core.service, all),
  row('v1', 'ConfigMap', 'configmaps', ['cm'], core.configMap),
  row('v1', 'Secret', 'secrets', [], core.secret),
  row('v1', 'Event', 'events', ['ev'], core.event),
  row('v1', 'LimitRange', 'limitranges', ['limits'], CREATED),
  row('v1', 'ResourceQuota', 'resourcequotas', ['quota'], core.resourceQuota),
  row(
    'v1',
    'PersistentVolumeClaim',
    'persistentvolumeclaims',
    ['pvc'],
    core.persistentVolumeClaim,
  ),
  row('v1', 'ServiceAccount', 'serviceaccounts', ['sa'], AGE),
  row(
    'apps/v1',
    'Deployment',
    'deployments',
    ['deploy'],
    workloads.deployment,
    all,
  ),
  row(
    'apps/v1',
    'ReplicaSet',
    'replicasets',
    ['rs'],
    workloads.replicaSet,
    all,
  ),
  row(
    'apps/v1',
    'StatefulSet',
    'statefulsets',
    ['sts'],
    workloads.statefulSet,
    all,
  ),
  row('apps/v1', 'DaemonSet', 'daemonsets', ['ds'], workloads.daemonSet, all),
  row('batch/v1', 'Job', 'jobs', [], workloads.job, all),
  row('batch/v1', 'CronJob', 'cronjobs', ['cj'], workloads.cronJob, all),
  row(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'horizontalpodautoscalers',
    ['hpa'],
    workloads.horizontalPodAutoscaler,
    all,
  ),
  row('networking.k8s.io/v1', 'Ingress', 'ingresses', ['ing'], core.ingress),
  row(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'networkpolicies',
    ['netpol'],
    core.networkPolicy,
  ),
  row(
    'policy/v1',
    'PodDisruptionBudget',
    'poddisruptionbudgets',
    ['pdb'],
    core.podDisruptionBudget,
  ),
  row('rbac.authorization.k8s.io/v1', 'Role', 'roles', [], CREATED),
  row(
    'rbac.authorization.k8s.io/v1',
    'RoleBinding',
    'rolebindings',
    [],
    core.roleBinding,
  ),
  row(
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicy',
    'validatingadmissionpolicies',
    [],
    core.validatingAdmissionPolicy,
    cluster,
  ),
  row(
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicyBinding',
    'validatingadmissionpolicybindings',
    [],
    core.validatingAdmissionPolicyBinding,
    cluster,
  ),
  row(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'customresourcedefinitions',
    ['crd', 'crds'],
    CREATED,
    cluster,
  ),
  row(
    'monitoring.coreos.com/v1',
    'ServiceMonitor',
    'servicemonitors',
    ['smon'],
    AGE,
    { custom: true },
  ),
  row(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    'prometheusrules',
    ['promrule'],
    AGE,
    { custom: true },
  ),
  row(
    'argoproj.io/v1alpha1',
    'Application',
    'applications',
    ['app', 'apps'],
    custom.application,
    { custom: true },
  ),
  row(
    'argoproj.io/v1alpha1',
    'ApplicationSet',
    'applicationsets',
    ['appset', 'appsets'],
    AGE,
    { custom: true },
  ),
  row(
    'argoproj.io/v1alpha1',
    'AppProject',
    'appprojects',
    ['appproj', 'appprojs'],
    AGE,
    { custom: true },
  ),
  row(
    'kueue.x-k8s.io/v1beta2',
    'LocalQueue',
    'localqueues',
    ['queue', 'queues', 'lq'],
    AGE,
    { custom: true },
  ),
  row('kueue.x-k8s.io/v1beta2', 'ClusterQueue', 'clusterqueues', ['cq'], AGE, {
    ...cluster,
    custom: true,
  }),
  row('kueue.x-k8s.io/v1beta2', 'Cohort', 'cohorts', ['co'], AGE, {
    ...cluster,
    custom: true,
  }),
  row(
    'kueue.x-k8s.io/v1beta2',
    'ResourceFlavor',
    'resourceflavors',
    ['flavor', 'flavors', 'rf'],
    AGE,
    { ...cluster, custom: true },
  ),
  row(
    'aquasecurity.github.io/v1alpha1',
    'VulnerabilityReport',
    'vulnerabilityreports',
    ['vuln', 'vulns'],
    custom.vulnerabilityReport,
    trivy,
  ),
  row(
    'aquasecurity.github.io/v1alpha1',
    'ConfigAuditReport',
    'configauditreports',
    ['configaudit', 'configaudits'],
    custom.configAuditReport,
    trivy,
  ),
  row(
    'aquasecurity.github.io/v1alpha1',
    'ExposedSecretReport',
    'exposedsecretreports',
    ['exposedsecret', 'exposedsecrets'],
    custom.exposedSecretReport,
    trivy,
  ),
];

const byKind = new Map(
  resourceTypes.map(type => [`${apiVersion(type)}/${type.kind}`, type]),
);

/** The row of an object's type; undefined when the API does not serve it. */
export function findResourceType(object: {
  apiVersion: string;
  kind: string;
}): ResourceType | undefined {
  return byKind.get(`${object.apiVersion}/${object.kind}`);
}

/** @throws Error for a type without a row. */
export function resourceTypeOf(object: {
  apiVersion: string;
  kind: string;
}): ResourceType {
  const type = findResourceType(object);
  if (!type) {
    throw new Error(`no resource type for ${object.apiVersion} ${object.kind}`);
  }
  return type;
}

/** Whether the server counts the changes of what is asked for. */
export function hasGeneration(type: ResourceType): boolean {
  const { group, kind } = type;
  const groups = [
    'admissionregistration.k8s.io',
    'apps',
    'batch',
    'networking.k8s.io',
    'policy',
  ];
  return type.custom || groups.includes(group) || kind === 'Pod';
}

/** For example `v1` or `apps/v1`. */
export function apiVersion(type: { group: string; version: string }): string {
  return type.group ? `${type.group}/${type.version}` : type.version;
}

/** For example `pods` or `deployments.apps`, as messages name a type. */
export function qualifiedName(type: ResourceType): string {
  return type.group ? `${type.plural}.${type.group}` : type.plural;
}

function row(
  groupVersion: string,
  kind: string,
  plural: string,
  shortNames: string[],
  columns: Column[],
  options: Options = {},
): ResourceType {
  const [version, group = ''] = groupVersion.split('/').reverse();
  return {
    group,
    version,
    kind,
    plural,
    singular: kind.toLowerCase(),
    shortNames,
    columns,
    namespaced: true,
    categories: [],
    custom: false,
    ...options,
  };
}
