/** A platform that a portal can be started on. */
export interface PortalTarget {
  /** Files for `--config`, later ones over earlier ones; they say nothing of the portal's port and database. */
  configFiles: string[];
  /** The variables that the files name. */
  environment: Record<string, string>;
  /** Name of its one cluster. */
  cluster: string;
  /** Where pull requests are merged, and by whom. */
  forge: { url: string; platformEngineerToken: string };
  /** Has a container scanned. Trivy does so by itself where it is, or is simulated. */
  scan(container: {
    namespace: string;
    workload: string;
    container: string;
    image: string;
  }): Promise<void>;
  stop(): Promise<void>;
}
