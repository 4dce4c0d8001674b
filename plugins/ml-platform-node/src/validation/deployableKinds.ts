/** A kind of object; the group is empty for the core API. */
export interface ObjectKind {
  group: string;
  kind: string;
}

/**
 * Kinds that a team may deploy: namespaced, and without permissions beyond the namespace. The teams' AppProjects allow
 * the same.
 */
export const deployableKinds: readonly ObjectKind[] = [
  { group: 'argoproj.io', kind: 'AnalysisTemplate' },
  { group: '', kind: 'ConfigMap' },
  { group: 'batch', kind: 'CronJob' },
  { group: 'apps', kind: 'Deployment' },
  { group: 'external-secrets.io', kind: 'ExternalSecret' },
  { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' },
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
  { group: 'networking.k8s.io', kind: 'Ingress' },
  { group: 'batch', kind: 'Job' },
  { group: 'jobset.x-k8s.io', kind: 'JobSet' },
  { group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  { group: '', kind: 'PersistentVolumeClaim' },
  { group: 'policy', kind: 'PodDisruptionBudget' },
  { group: 'monitoring.coreos.com', kind: 'PodMonitor' },
  { group: 'monitoring.coreos.com', kind: 'PrometheusRule' },
  { group: 'argoproj.io', kind: 'Rollout' },
  { group: 'keda.sh', kind: 'ScaledObject' },
  { group: '', kind: 'Service' },
  { group: '', kind: 'ServiceAccount' },
  { group: 'monitoring.coreos.com', kind: 'ServiceMonitor' },
  { group: 'apps', kind: 'StatefulSet' },
  { group: 'trainer.kubeflow.org', kind: 'TrainJob' },
  { group: 'autoscaling.k8s.io', kind: 'VerticalPodAutoscaler' },
];
