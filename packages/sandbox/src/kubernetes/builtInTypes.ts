import * as coreColumns from './columns/core';
import * as networkColumns from './columns/network';
import * as workloadColumns from './columns/workloads';
import type { Column } from './columns/Column';
import { viewEvent } from './viewEvent';
import {
  type ResourceType,
  type ResourceTypeOptions,
  defineType,
} from './ResourceType';

const clusterScoped: ResourceTypeOptions = { namespaced: false };
const inCategoryAll: ResourceTypeOptions = { categories: ['all'] };
/** Types that answer a question and are not stored. */
const review: ResourceTypeOptions = { namespaced: false, verbs: ['create'] };

const CREATED_AT_COLUMN: Column[] = [
  ['Created At', 'metadata.creationTimestamp'],
];
const AGE_COLUMN: Column[] = ['Age'];

/** The types of Kubernetes itself. Add an entry to serve another one. */
export const builtInTypes: ResourceType[] = [
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
    networkColumns.service,
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
    networkColumns.ingress,
  ),
  defineType(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'networkpolicies',
    ['netpol'],
    networkColumns.networkPolicy,
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
  defineType('v1', 'Endpoints', 'endpoints', ['ep'], networkColumns.endpoints),
  defineType(
    'discovery.k8s.io/v1',
    'EndpointSlice',
    'endpointslices',
    [],
    networkColumns.endpointSlice,
  ),
  defineType('events.k8s.io/v1', 'Event', 'events', ['ev'], coreColumns.event, {
    view: viewEvent,
  }),
  defineType(
    'scheduling.k8s.io/v1',
    'PriorityClass',
    'priorityclasses',
    ['pc'],
    coreColumns.priorityClass,
    clusterScoped,
  ),
  defineType(
    'storage.k8s.io/v1',
    'StorageClass',
    'storageclasses',
    ['sc'],
    coreColumns.storageClass,
    clusterScoped,
  ),
  defineType(
    'authentication.k8s.io/v1',
    'SelfSubjectReview',
    'selfsubjectreviews',
    [],
    [],
    review,
  ),
  defineType(
    'authentication.k8s.io/v1',
    'TokenReview',
    'tokenreviews',
    [],
    [],
    review,
  ),
  defineType(
    'authorization.k8s.io/v1',
    'LocalSubjectAccessReview',
    'localsubjectaccessreviews',
    [],
    [],
    { ...review, namespaced: true },
  ),
  defineType(
    'authorization.k8s.io/v1',
    'SelfSubjectAccessReview',
    'selfsubjectaccessreviews',
    [],
    [],
    review,
  ),
  defineType(
    'authorization.k8s.io/v1',
    'SelfSubjectRulesReview',
    'selfsubjectrulesreviews',
    [],
    [],
    review,
  ),
  defineType(
    'authorization.k8s.io/v1',
    'SubjectAccessReview',
    'subjectaccessreviews',
    [],
    [],
    review,
  ),
];
