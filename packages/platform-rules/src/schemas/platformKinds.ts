import {
  Application,
  ApplicationSet,
  AppProject,
} from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1';
import {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from 'kubernetes-models/admissionregistration.k8s.io/v1';
import {
  ClusterRole,
  ClusterRoleBinding,
  Role,
  RoleBinding,
} from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import { LimitRange, Namespace, ResourceQuota } from 'kubernetes-models/v1';
import type { KindDefinition } from './kinds';
import {
  clusterQueueSchema,
  cohortSchema,
  localQueueSchema,
  resourceFlavorSchema,
} from './queueSchemas';

const RBAC = 'rbac.authorization.k8s.io/v1';
const ADMISSION = 'admissionregistration.k8s.io/v1';
const KUEUE = 'kueue.x-k8s.io/v1beta2';
const ARGO = 'argoproj.io/v1alpha1';

/** Kinds of cluster administration, Argo CD and Kueue. Unknown fields of Argo CD's kinds are not found, because no package lists the known ones. */
export const platformKinds: Readonly<Record<string, KindDefinition>> = {
  Application: { apiVersion: ARGO, schema: Application },
  ApplicationSet: { apiVersion: ARGO, schema: ApplicationSet },
  AppProject: { apiVersion: ARGO, schema: AppProject },
  ClusterRole: {
    apiVersion: RBAC,
    model: 'V1ClusterRole',
    schema: ClusterRole,
  },
  ClusterRoleBinding: {
    apiVersion: RBAC,
    model: 'V1ClusterRoleBinding',
    schema: ClusterRoleBinding,
  },
  ClusterQueue: { apiVersion: KUEUE, customSchema: clusterQueueSchema },
  Cohort: { apiVersion: KUEUE, customSchema: cohortSchema },
  LimitRange: { apiVersion: 'v1', model: 'V1LimitRange', schema: LimitRange },
  LocalQueue: { apiVersion: KUEUE, customSchema: localQueueSchema },
  Namespace: { apiVersion: 'v1', model: 'V1Namespace', schema: Namespace },
  ResourceFlavor: { apiVersion: KUEUE, customSchema: resourceFlavorSchema },
  ResourceQuota: {
    apiVersion: 'v1',
    model: 'V1ResourceQuota',
    schema: ResourceQuota,
  },
  Role: { apiVersion: RBAC, model: 'V1Role', schema: Role },
  RoleBinding: {
    apiVersion: RBAC,
    model: 'V1RoleBinding',
    schema: RoleBinding,
  },
  ValidatingAdmissionPolicy: {
    apiVersion: ADMISSION,
    model: 'V1ValidatingAdmissionPolicy',
    schema: ValidatingAdmissionPolicy,
  },
  ValidatingAdmissionPolicyBinding: {
    apiVersion: ADMISSION,
    model: 'V1ValidatingAdmissionPolicyBinding',
    schema: ValidatingAdmissionPolicyBinding,
  },
};
