/** A platform that a portal can run on. */
export interface PortalTarget {
  /** Files for `--config`, without the port and the database of the portal. */
  configFiles: string[];
  /** The variables that the files use. */
  environment: Record<string, string>;
  /** Name of the target's only cluster. */
  cluster: string;
  /** The forge, and the token of the account that merges pull requests. */
  forge: { url: string; platformEngineerToken: string };
  /** Creates the report of a container where no Trivy, real or simulated, does so. */
  scan(container: {
    namespace: string;
    workload: string;
    container: string;
    image: string;
  }): Promise<void>;
  stop(): Promise<void>;
}
