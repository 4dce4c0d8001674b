/** Kinds that a team may deploy: namespaced, and without permissions beyond the namespace. */
export const deployableKinds: readonly string[] = [
  'ConfigMap',
  'CronJob',
  'Deployment',
  'HorizontalPodAutoscaler',
  'Ingress',
  'Job',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'PrometheusRule',
  'Service',
  'ServiceAccount',
  'ServiceMonitor',
  'StatefulSet',
];
