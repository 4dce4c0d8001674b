/** A workload's team and name in the platform repository. */
export interface WorkloadTarget {
  team: string;
  workload: string;
}

/** Selects a container's log; the pod's newest container when `container` is absent. */
export interface PodLogsRequest {
  cluster: string;
  namespace: string;
  pod: string;
  container?: string;
  previous?: boolean;
  tailLines?: number;
}
