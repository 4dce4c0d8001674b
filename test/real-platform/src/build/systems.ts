/** Programs and files of a Go module, at the version in `systems/<name>/go.mod`. */
export interface System {
  name: string;
  /** The module that has the system's version. */
  module: string;
  /** Go packages by the name of the program. */
  programs: Record<string, string>;
  /** Requires gcc. */
  cgo?: boolean;
  tags?: string[];
  /** Variables that the linker sets; VERSION becomes the version without its `v`. */
  variables?: Record<string, string>;
  /** Paths in the module, by path below `share/`. */
  files?: Record<string, string>;
}

const KUBERNETES_VERSION = 'k8s.io/component-base/version';

const MONITORING = 'example/prometheus-operator-crd/monitoring.coreos.com';

const etcd = {
  name: 'etcd',
  module: 'go.etcd.io/etcd/server/v3',
  programs: { etcd: 'go.etcd.io/etcd/server/v3' },
} satisfies System;

const kubernetes = {
  name: 'kubernetes',
  module: 'k8s.io/kubernetes',
  programs: {
    'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
    'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
    'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
  },
  // kubectl cannot parse the default version.
  variables: {
    [`${KUBERNETES_VERSION}.gitVersion`]: 'vVERSION',
    [`${KUBERNETES_VERSION}.gitMajor`]: '1',
    [`${KUBERNETES_VERSION}.gitMinor`]: '36',
  },
} satisfies System;

const kwok = {
  name: 'kwok',
  module: 'sigs.k8s.io/kwok',
  programs: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' },
  files: { stages: 'kustomize/stage' },
} satisfies System;

const gitea = {
  name: 'gitea',
  module: 'code.gitea.io/gitea',
  programs: { gitea: 'code.gitea.io/gitea' },
  cgo: true,
  tags: ['sqlite', 'sqlite_unlock_notify'],
  variables: { 'main.Version': 'VERSION' },
  files: { options: 'options', templates: 'templates', public: 'public' },
} satisfies System;

const kustomize = {
  name: 'kustomize',
  module: 'sigs.k8s.io/kustomize/kustomize/v5',
  programs: { kustomize: 'sigs.k8s.io/kustomize/kustomize/v5' },
} satisfies System;

const argocd = {
  name: 'argocd',
  module: 'github.com/argoproj/argo-cd/v3',
  programs: { argocd: 'github.com/argoproj/argo-cd/v3/cmd' },
  variables: { 'github.com/argoproj/argo-cd/v3/common.version': 'VERSION' },
  files: {
    definitions: 'manifests/crds',
    configuration: 'manifests/base/config',
    // The repo-server runs it even if it does not check signatures.
    'git-verify-wrapper.sh': 'hack/git-verify-wrapper.sh',
  },
} satisfies System;

const prometheusOperator = {
  name: 'prometheus-operator',
  module: 'github.com/prometheus-operator/prometheus-operator',
  programs: {},
  // The definitions that workloads use; the others are large.
  files: {
    'definitions/servicemonitors.yaml': `${MONITORING}_servicemonitors.yaml`,
    'definitions/podmonitors.yaml': `${MONITORING}_podmonitors.yaml`,
    'definitions/prometheusrules.yaml': `${MONITORING}_prometheusrules.yaml`,
  },
} satisfies System;

/** Definitions of what golden paths use beside the systems above. */
const argoRollouts = {
  name: 'argo-rollouts',
  module: 'github.com/argoproj/argo-rollouts',
  programs: {},
  files: {
    'definitions/analysistemplates.yaml':
      'manifests/crds/analysis-template-crd.yaml',
    'definitions/rollouts.yaml': 'manifests/crds/rollout-crd.yaml',
  },
} satisfies System;

const externalSecrets = {
  name: 'external-secrets',
  module: 'github.com/external-secrets/external-secrets',
  programs: {},
  files: {
    'definitions/externalsecrets.yaml':
      'config/crds/bases/external-secrets.io_externalsecrets.yaml',
  },
} satisfies System;

const gatewayApi = {
  name: 'gateway-api',
  module: 'sigs.k8s.io/gateway-api',
  programs: {},
  files: {
    'definitions/httproutes.yaml':
      'config/crd/standard/gateway.networking.k8s.io_httproutes.yaml',
  },
} satisfies System;

const keda = {
  name: 'keda',
  module: 'github.com/kedacore/keda/v2',
  programs: {},
  files: {
    'definitions/scaledobjects.yaml':
      'config/crd/bases/keda.sh_scaledobjects.yaml',
  },
} satisfies System;

const verticalPodAutoscaler = {
  name: 'vertical-pod-autoscaler',
  module: 'k8s.io/autoscaler/vertical-pod-autoscaler',
  programs: {},
  files: {
    'definitions/verticalpodautoscalers.yaml': 'deploy/vpa-v1-crd-gen.yaml',
  },
} satisfies System;

/** Systems that are definitions of custom resources only. */
export const definitionSystems = {
  argoRollouts,
  externalSecrets,
  gatewayApi,
  keda,
  prometheusOperator,
  verticalPodAutoscaler,
};

/** All systems of the platform, with the longest build first so that a lack of disk space or memory shows early. */
export const systems = {
  kubernetes,
  argocd,
  gitea,
  kwok,
  etcd,
  kustomize,
  ...definitionSystems,
};

export type SystemKey = keyof typeof systems;
