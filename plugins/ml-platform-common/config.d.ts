export interface Config {
  /** Settings of the ML platform portal. */
  mlPlatform: {
    /**
     * True while the embedded sandbox plays the platform: pages say so. Refused in production.
     * Default: false.
     * @visibility frontend
     */
    sandbox?: boolean;
    /** The platform repository: the only source of truth for desired state. */
    repository: {
      /** HTTP(S) clone URL; credentials come from `integrations`. */
      url: string;
      /** Default: `main`. */
      branch?: string;
      /** Where `gitops/` and `terraform/` are. Default: the repository's root. */
      rootDirectory?: string;
      /** Seconds between fetches when no webhook comes. Default: 10. */
      pollSeconds?: number;
      /**
       * Key that signs what the portal writes about a request into its pull request. Absent: it is not signed.
       * @visibility secret
       */
      trailerSecret?: string;
    };
    /** How the portal follows the pull requests of the platform repository. */
    changeRequests?: {
      /** Seconds between looks at the forge. Longer while it fails, and while its webhook tells of changes. Default: 30. */
      pollSeconds?: number;
      /**
       * Signs what the forge's webhook sends to `/api/ml-platform/webhooks/forge`. Absent: the webhook is refused.
       * @visibility secret
       */
      webhookSecret?: string;
    };
    /** Environments in order of promotion. */
    environments: Array<{
      /** At most 9 characters. */
      name: string;
      /** Name of the cluster in `kubernetes.clusterLocatorMethods`. */
      cluster: string;
      /** Added to the team name to get the namespace; reserved as an ending of team names. Default: empty. */
      namespaceSuffix?: string;
    }>;
    groups: {
      /** Entity reference of the group that sees and requests everything. */
      platform: string;
      /** Entity reference of the group that sees all findings. */
      security: string;
    };
    nodePools?: {
      /**
       * Labels that name a node's pool; the first that a node has counts. Default: `ml-platform.io/pool`,
       * `karpenter.sh/nodepool`, `eks.amazonaws.com/nodegroup`.
       */
      labels?: string[];
    };
    /** What things cost. Absent: the portal shows no cost. */
    prices?: {
      /** ISO 4217, for example `EUR`. All prices are in its unit. */
      currency: string;
      /** True for prices that are made up: pages say so. Default: false. */
      sample?: boolean;
      perHour: {
        cpuCore: number;
        memoryGib: number;
        /** Of a GPU that `gpuProducts` does not name. */
        gpu: number;
      };
      /** One GPU for an hour, where its price differs. */
      gpuProducts?: Array<{
        /** As in the node label `nvidia.com/gpu.product`. */
        product: string;
        perHour: number;
      }>;
      perMonth: { storageGib: number };
      /** What the hourly prices are multiplied by on a node pool, for example 0.4 on spot nodes. */
      nodePools?: Array<{ name: string; multiplier: number }>;
    };
    /** Grafana, read-only. Absent: no dashboards. */
    grafana?: {
      /** Where the backend reaches Grafana. */
      url: string;
      /** Where browsers reach Grafana. Default: `url`. */
      publicUrl?: string;
      /**
       * Token of a Viewer service account.
       * @visibility secret
       */
      token?: string;
    };
    runs?: {
      /** Days that a training run is remembered after its Job is gone from the cluster. Default: 400. */
      keepDays?: number;
    };
    /** What Trivy finds. */
    findings?: {
      /** Hours after which the report on an image that runs is called stale. Default: 72. */
      staleAfterHours?: number;
    };
  };
}
