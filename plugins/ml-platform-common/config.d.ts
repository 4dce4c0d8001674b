export interface Config {
  /** Settings of the ML platform portal. */
  mlPlatform: {
    /**
     * True when the embedded sandbox simulates the platform; pages show it. Not allowed in production.
     * Default: false.
     * @visibility frontend
     */
    sandbox?: boolean;
    /** The platform repository, which is the source of truth for desired state. */
    repository: {
      /** HTTP(S) clone URL; credentials come from `integrations`. */
      url: string;
      /** Default: `main`. */
      branch?: string;
      /** Directory of `gitops/` and `terraform/`. Default: the repository's root. */
      rootDirectory?: string;
      /** Seconds between fetches without a webhook. Default: 10. */
      pollSeconds?: number;
      /**
       * Key for the signature of change requests, in the trailer of their pull requests. Absent: they are not signed.
       * @visibility secret
       */
      trailerSecret?: string;
      /**
       * Login of the portal's account on the forge, whose pull requests can be verified; of a GitHub App `<name>[bot]`. Default: the
       * `username` of `integrations.gitea`; without either, the author of a pull request is not compared.
       */
      account?: string;
    };
    /** Tracking of change requests, the pull requests of the platform repository. */
    changeRequests?: {
      /** Seconds between polls of the forge. Longer while it fails, and while its webhook reports changes. Default: 30. */
      pollSeconds?: number;
      /**
       * Secret for the signature of the forge's webhook to `/api/ml-platform/webhooks/forge`. Absent: the webhook is refused.
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
      /** Suffix of the team name in the namespace; team names cannot end in it. Default: empty. */
      namespaceSuffix?: string;
    }>;
    promotions?: {
      /** Allows promotions past the next environment, for example from dev to prod. Default: false. */
      maySkip?: boolean;
    };
    /** Services that may request changes, such as the CI of a team: docs/guides/service-callers.md. Default: none. */
    serviceCallers?: Array<{
      /** Subject of its token in `backend.auth.externalAccess`, which must be limited to the plugin `scaffolder`. */
      subject: string;
      /** Names of the teams that it may request changes for. */
      teams: string[];
      /** Names of the templates that it may use, for example `set-image`. */
      templates: string[];
      /** Names of the environments that it may change. */
      environments: string[];
    }>;
    groups: {
      /** Entity reference of the group that can see everything and request changes for every team. */
      platform: string;
      /** Entity reference of the group that can see all findings. */
      security: string;
    };
    nodePools?: {
      /**
       * Node labels with the name of the pool; the first label of a node counts. Default: `ml-platform.io/pool`,
       * `karpenter.sh/nodepool`, `eks.amazonaws.com/nodegroup`.
       */
      labels?: string[];
    };
    /** Resources that are GPUs: for runs, capacity, quota, cost, and reasons. */
    gpus?: {
      /**
       * Names of resources; a `*` at the end stands for anything. Default: those of NVIDIA (with MIG and shared GPUs), AMD,
       * Intel and Habana. Keep the policies' parameter `gpuResources` the same.
       */
      resourceNames?: string[];
      /**
       * Device classes of Dynamic Resource Allocation. Default: `gpu.nvidia.com`, `mig.nvidia.com`, `gpu.amd.com`,
       * `gpu.intel.com`.
       */
      deviceClasses?: string[];
    };
    /** Prices of cluster resources. Absent: the portal shows no cost. */
    prices?: {
      /** Currency of all prices; ISO 4217, for example `EUR`. */
      currency: string;
      /** True for made-up prices; pages show it. Default: false. */
      sample?: boolean;
      perHour: {
        cpuCore: number;
        memoryGib: number;
        /** Price of a GPU that is not in `gpuProducts`. */
        gpu: number;
      };
      /** Prices of GPUs by product, per GPU and hour. */
      gpuProducts?: Array<{
        /** The node's label with the product, such as `nvidia.com/gpu.product`. Slices and shares cost a part of it. */
        product: string;
        perHour: number;
      }>;
      perMonth: { storageGib: number };
      /** Factors of the hourly prices by node pool, for example 0.4 on spot nodes. */
      nodePools?: Array<{ name: string; multiplier: number }>;
    };
    /** Grafana, read-only. Absent: no dashboards. */
    grafana?: {
      /** URL of Grafana for the backend. */
      url: string;
      /** URL of Grafana for browsers. Default: `url`. */
      publicUrl?: string;
      /**
       * Token of a Viewer service account.
       * @visibility secret
       */
      token?: string;
    };
    runs?: {
      /** Days to keep a training run after the deletion of its Job. Default: 400. */
      keepDays?: number;
    };
    /** Findings of Trivy. */
    findings?: {
      /** Hours after which the report of a running image is stale. Default: 72. */
      staleAfterHours?: number;
    };
  };
}
