/** Label on namespaces and Applications: the owning team. Only the platform sets it. */
export const TEAM_LABEL = 'ml-platform.io/team';
/** Label on Applications: the deployed workload. */
export const WORKLOAD_LABEL = 'ml-platform.io/workload';
/** Label on namespaces and Applications: the name of the environment. */
export const ENVIRONMENT_LABEL = 'ml-platform.io/environment';
/** Label on training objects: the training run. */
export const RUN_LABEL = 'ml-platform.io/run';
/** Label on a Job that tests an environment: promotion waits for it. Its value is `promotion`. */
export const GATE_LABEL = 'ml-platform.io/gate';
/** Annotation on training objects: template and values of the run, in the format of an answers file. */
export const RUN_ANSWERS_ANNOTATION = 'ml-platform.io/answers';
/** Annotation on archived runs: Succeeded, Failed or Cancelled. */
export const RUN_OUTCOME_ANNOTATION = 'ml-platform.io/outcome';
/** Label on workloads and their pod templates: the catalog component. The stock Kubernetes tab selects by it. */
export const KUBERNETES_ID_LABEL = 'backstage.io/kubernetes-id';

/** Annotations that our entity provider sets from a workload's path. */
export const ARGOCD_APP_SELECTOR_ANNOTATION = 'argocd/app-selector';
export const KUBERNETES_ID_ANNOTATION = 'backstage.io/kubernetes-id';
export const GRAFANA_DASHBOARD_SELECTOR_ANNOTATION =
  'grafana/dashboard-selector';
export const TEAM_ANNOTATION = 'ml-platform.io/team';
export const WORKLOAD_ANNOTATION = 'ml-platform.io/workload';
/** Annotation on the Trivy reports of the sandbox's data set, which are not results of a scan: the date of the data set. */
export const SAMPLE_DATA_ANNOTATION = 'ml-platform.io/sample-data';
