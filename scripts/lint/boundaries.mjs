// The directories of this repository and which of them may import which: the only source of the import rules
// (dependency-cruiser.mjs) and of the table in docs/architecture.md.
const common = 'plugins/ml-platform-common';
const node = 'plugins/ml-platform-node';
const rules = 'packages/platform-rules';
const sandbox = 'packages/sandbox';
const realPlatform = 'test/real-platform';

/** Plugins and modules of the backend. */
export const backendFeatures = [
  'plugins/ml-platform-backend',
  'plugins/argocd-backend',
  'plugins/scaffolder-backend-module-ml-platform',
  'plugins/catalog-backend-module-ml-platform',
  'plugins/kubernetes-backend-module-ml-platform',
  'plugins/permission-backend-module-ml-platform',
  'plugins/auth-backend-module-sandbox',
];

/**
 * - `purpose`: one line of Markdown.
 * - `imports`: directories that its production code may import. Its tests may also import directories marked `testOnly`.
 * - `testOnly`: for tests, benchmarks and local use; no production code imports it.
 */
export const directories = [
  {
    path: 'packages/app',
    purpose: 'the Backstage frontend: wiring, navigation, home, sign-in page',
    imports: ['plugins/ml-platform', common],
  },
  {
    path: 'packages/backend',
    purpose:
      'the Backstage backend: a flat list of features (`src/features.ts`)',
    imports: [...backendFeatures, node, common],
  },
  {
    path: 'packages/platform-check',
    purpose:
      "the required check of the platform repository: node's validator as a command ([guide](guides/platform-check.md))",
    imports: [node, common, rules],
  },
  {
    path: rules,
    purpose:
      'rules of Kubernetes, Kustomize and Argo CD that can be checked on files alone; pure functions, without tenancy or policy',
    imports: [],
  },
  {
    path: sandbox,
    purpose:
      "the embedded platform: forge (7010), Kubernetes API with Argo CD's reconciler (7011), Grafana search (7012)",
    imports: [rules],
    testOnly: true,
  },
  {
    path: 'plugins/ml-platform',
    purpose: 'entity cards and tabs, form fields, the preview',
    imports: [common],
  },
  {
    path: 'plugins/ml-platform-backend',
    purpose: 'routes of the read path, preview, name check, pod logs',
    imports: [node, common],
  },
  {
    path: common,
    purpose:
      'zod DTOs, permissions, annotations, names, paths of the platform repository',
    imports: [rules],
  },
  {
    path: node,
    purpose:
      'root services (clone of the platform repository, forge, cluster store) and plain code (kustomize, validation, team authorisation)',
    imports: [common, rules],
  },
  {
    path: 'plugins/scaffolder-backend-module-ml-platform',
    purpose: 'the `ml-platform:gitops:*` actions, the `yaml` and `hcl` filters',
    imports: [node, common],
  },
  {
    path: 'plugins/catalog-backend-module-ml-platform',
    purpose: 'catalog entities from the platform repository',
    imports: [node, common],
  },
  {
    path: 'plugins/argocd-backend',
    purpose: "the five read-only routes that Roadie's Argo CD cards call",
    imports: [node, common],
  },
  {
    path: 'plugins/kubernetes-backend-module-ml-platform',
    purpose:
      "limits the stock Kubernetes routes to the namespaces of the user's teams",
    imports: [node, common],
  },
  {
    path: 'plugins/permission-backend-module-ml-platform',
    purpose: 'the permission policy',
    imports: [node, common],
  },
  {
    path: 'plugins/auth-backend-module-sandbox',
    purpose:
      'persona sign-in, for the sandbox or on loopback only; refuses to load in production',
    imports: [],
  },
  {
    path: 'templates',
    purpose: 'golden paths: a `template.yaml` and a `skeleton/` each',
    imports: [],
  },
  {
    path: 'infra',
    purpose: 'content of the platform repository: GitOps, Terraform, catalog',
    imports: [],
  },
  {
    path: 'scripts',
    purpose:
      'Node.js scripts behind `npm start`, `npm test`, `yarn lint`, `yarn real` and `yarn kind:*`',
    imports: [],
  },
  {
    path: 'e2e',
    purpose:
      'browser tests against `npm start`; those in `production` run the portal with the production overlay',
    imports: [sandbox, realPlatform],
    testOnly: true,
  },
  {
    path: realPlatform,
    purpose:
      'etcd, Kubernetes, kwok, Gitea, Argo CD and PostgreSQL as plain processes, for tests and for trying the portal ([guide](guides/real-platform.md))',
    imports: [],
    testOnly: true,
  },
  {
    path: 'test/conformance',
    purpose: 'one suite that runs against the sandbox and against real systems',
    imports: [sandbox, realPlatform],
    testOnly: true,
  },
  {
    path: 'test/terraform',
    purpose:
      'checks `infra/terraform` with the real Terraform and stand-in providers ([guide](guides/terraform-check.md))',
    imports: [],
    testOnly: true,
  },
  {
    path: 'bench',
    purpose:
      'benchmarks beside other implementations, and soak tests ([README](../bench/README.md))',
    imports: [...backendFeatures, node, common, sandbox, realPlatform],
    testOnly: true,
  },
];

/** Files that are tests or support tests: they may import directories marked `testOnly`. */
export const testFiles = [
  '\\.(test|realtest|spec)\\.[jt]sx?$',
  '/__testUtils__/',
  '/setupTests\\.ts$',
  // The sub-paths of ml-platform-node that serve the tests of other directories.
  '^plugins/ml-platform-node/src/(testing/|testing(-forge)?\\.ts$)',
];
