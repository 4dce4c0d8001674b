import type { Column } from './columns/Column';
import * as customColumns from './columns/custom';
import {
  type ResourceType,
  type ResourceTypeOptions,
  defineType,
} from './ResourceType';

const custom: ResourceTypeOptions = { custom: true };
const customClusterScoped: ResourceTypeOptions = {
  custom: true,
  namespaced: false,
};

const AGE_COLUMN: Column[] = ['Age'];

/** The types that CustomResourceDefinitions define. Add an entry to serve another one. */
export const customTypes: ResourceType[] = [
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
