/** Label on namespaces and Applications: the owning team. Set by the platform only. */
export const TEAM_LABEL = 'ml-platform.io/team';
/** Label on Applications: the workload that the Application deploys. */
export const WORKLOAD_LABEL = 'ml-platform.io/workload';
/** Label on namespaces and Applications: the environment, by its configured name. */
export const ENVIRONMENT_LABEL = 'ml-platform.io/environment';
/** Label on training objects: one training run. */
export const RUN_LABEL = 'ml-platform.io/run';
/** Label on workloads and their pod templates: the catalog component. The stock Kubernetes tab selects by it. */
export const KUBERNETES_ID_LABEL = 'backstage.io/kubernetes-id';

/** Annotations that our entity provider sets from a workload's path. */
export const ARGOCD_APP_SELECTOR_ANNOTATION = 'argocd/app-selector';
export const KUBERNETES_ID_ANNOTATION = 'backstage.io/kubernetes-id';
export const GRAFANA_DASHBOARD_SELECTOR_ANNOTATION =
  'grafana/dashboard-selector';
export const TEAM_ANNOTATION = 'ml-platform.io/team';
export const WORKLOAD_ANNOTATION = 'ml-platform.io/workload';
/** Annotation on Trivy reports that nobody scanned for: the sandbox's data set, with its date as the value. */
export const SAMPLE_DATA_ANNOTATION = 'ml-platform.io/sample-data';
