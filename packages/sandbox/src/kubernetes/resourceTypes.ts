import type { Column } from './columns/Column';
import * as coreColumns from './columns/core';
import * as workloadColumns from './columns/workloads';
import * as customColumns from './columns/custom';
import {
  type ResourceType,
  type ResourceTypeOptions,
  defineType,
  apiVersion,
} from './ResourceType';

const clusterScoped: ResourceTypeOptions = { namespaced: false };
const inCategoryAll: ResourceTypeOptions = { categories: ['all'] };
const custom: ResourceTypeOptions = { custom: true };
const customClusterScoped: ResourceTypeOptions = {
  custom: true,
  namespaced: false,
};

const CREATED_AT_COLUMN: Column[] = [
  ['Created At', 'metadata.creationTimestamp'],
];
const AGE_COLUMN: Column[] = ['Age'];

/** All served resource types. Add an entry to serve another one. */
export const resourceTypes: ResourceType[] = [
  defineType(
    'v1',
    'Namespace',
    'namespaces',
    ['ns'],
    coreColumns.namespace,
    clusterScoped,
  ),
  defineType('v1', 'Node', 'nodes', ['no'], coreColumns.node, clusterScoped),
  defineType('v1', 'Pod', 'pods', ['po'], workloadColumns.pod, inCategoryAll),
  defineType(
    'v1',
    'Service',
    'services',
    ['svc'],
    coreColumns.service,
    inCategoryAll,
  ),
  defineType('v1', 'ConfigMap', 'configmaps', ['cm'], coreColumns.configMap),
  defineType('v1', 'Secret', 'secrets', [], coreColumns.secret),
  defineType('v1', 'Event', 'events', ['ev'], coreColumns.event),
  defineType('v1', 'LimitRange', 'limitranges', ['limits'], CREATED_AT_COLUMN),
  defineType(
    'v1',
    'ResourceQuota',
    'resourcequotas',
    ['quota'],
    coreColumns.resourceQuota,
  ),
  defineType(
    'v1',
    'PersistentVolumeClaim',
    'persistentvolumeclaims',
    ['pvc'],
    coreColumns.persistentVolumeClaim,
  ),
  defineType('v1', 'ServiceAccount', 'serviceaccounts', ['sa'], AGE_COLUMN),
  defineType(
    'apps/v1',
    'Deployment',
    'deployments',
    ['deploy'],
    workloadColumns.deployment,
    inCategoryAll,
  ),
  defineType(
    'apps/v1',
    'ReplicaSet',
    'replicasets',
    ['rs'],
    workloadColumns.replicaSet,
    inCategoryAll,
  ),
  defineType(
    'apps/v1',
    'StatefulSet',
    'statefulsets',
    ['sts'],
    workloadColumns.statefulSet,
    inCategoryAll,
  ),
  defineType(
    'apps/v1',
    'DaemonSet',
    'daemonsets',
    ['ds'],
    workloadColumns.daemonSet,
    inCategoryAll,
  ),
  defineType('batch/v1', 'Job', 'jobs', [], workloadColumns.job, inCategoryAll),
  defineType(
    'batch/v1',
    'CronJob',
    'cronjobs',
    ['cj'],
    workloadColumns.cronJob,
    inCategoryAll,
  ),
  defineType(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'horizontalpodautoscalers',
    ['hpa'],
    workloadColumns.horizontalPodAutoscaler,
    inCategoryAll,
  ),
  defineType(
    'networking.k8s.io/v1',
    'Ingress',
    'ingresses',
    ['ing'],
    coreColumns.ingress,
  ),
  defineType(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'networkpolicies',
    ['netpol'],
    coreColumns.networkPolicy,
  ),
  defineType(
    'policy/v1',
    'PodDisruptionBudget',
    'poddisruptionbudgets',
    ['pdb'],
    coreColumns.podDisruptionBudget,
  ),
  defineType(
    'rbac.authorization.k8s.io/v1',
    'Role',
    'roles',
    [],
    CREATED_AT_COLUMN,
  ),
  defineType(
    'rbac.authorization.k8s.io/v1',
    'RoleBinding',
    'rolebindings',
    [],
    coreColumns.roleBinding,
  ),
  defineType(
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicy',
    'validatingadmissionpolicies',
    [],
    coreColumns.validatingAdmissionPolicy,
    clusterScoped,
  ),
  defineType(
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicyBinding',
    'validatingadmissionpolicybindings',
    [],
    coreColumns.validatingAdmissionPolicyBinding,
    clusterScoped,
  ),
  defineType(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'customresourcedefinitions',
    ['crd', 'crds'],
    CREATED_AT_COLUMN,
    clusterScoped,
  ),
  defineType(
    'monitoring.coreos.com/v1',
    'ServiceMonitor',
    'servicemonitors',
    ['smon'],
    AGE_COLUMN,
    custom,
  ),
  defineType(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    'prometheusrules',
    ['promrule'],
    AGE_COLUMN,
    custom,
  ),
  defineType(
    'argoproj.io/v1alpha1',
    'Application',
    'applications',
    ['app', 'apps'],
    customColumns.application,
    custom,
  ),
  defineType(
    'argoproj.io/v1alpha1',
    'ApplicationSet',
    'applicationsets',
    ['appset', 'appsets'],
    AGE_COLUMN,
    custom,
  ),
  defineType(
    'argoproj.io/v1alpha1',
    'AppProject',
    'appprojects',
    ['appproj', 'appprojs'],
    AGE_COLUMN,
    custom,
  ),
  defineType(
    'kueue.x-k8s.io/v1beta2',
    'LocalQueue',
    'localqueues',
    ['queue', 'queues', 'lq'],
    AGE_COLUMN,
    custom,
  ),
  defineType(
    'kueue.x-k8s.io/v1beta2',
    'ClusterQueue',
    'clusterqueues',
    ['cq'],
    AGE_COLUMN,
    customClusterScoped,
  ),
  defineType(
    'kueue.x-k8s.io/v1beta2',
    'Cohort',
    'cohorts',
    ['co'],
    AGE_COLUMN,
    customClusterScoped,
  ),
  defineType(
    'kueue.x-k8s.io/v1beta2',
    'ResourceFlavor',
    'resourceflavors',
    ['flavor', 'flavors', 'rf'],
    AGE_COLUMN,
    customClusterScoped,
  ),
  defineType(
    'aquasecurity.github.io/v1alpha1',
    'VulnerabilityReport',
    'vulnerabilityreports',
    ['vuln', 'vulns'],
    customColumns.vulnerabilityReport,
    custom,
  ),
  defineType(
    'aquasecurity.github.io/v1alpha1',
    'ConfigAuditReport',
    'configauditreports',
    ['configaudit', 'configaudits'],
    customColumns.configAuditReport,
    custom,
  ),
  defineType(
    'aquasecurity.github.io/v1alpha1',
    'ExposedSecretReport',
    'exposedsecretreports',
    ['exposedsecret', 'exposedsecrets'],
    customColumns.exposedSecretReport,
    custom,
  ),
  defineType(
    'external-secrets.io/v1',
    'ExternalSecret',
    'externalsecrets',
    ['es'],
    AGE_COLUMN,
    custom,
  ),
];

const typesByKind = new Map(
  resourceTypes.map(type => [`${apiVersion(type)}/${type.kind}`, type]),
);

/** Finds the resource type of an object; undefined when it is not served. */
export function findResourceType(object: {
  apiVersion: string;
  kind: string;
}): ResourceType | undefined {
  return typesByKind.get(`${object.apiVersion}/${object.kind}`);
}

/** Returns the resource type of an object. @throws Error when it is not served. */
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
