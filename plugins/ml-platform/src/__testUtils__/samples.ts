import type {
  ChangeRequestSummary,
  Findings,
  PlatformInfo,
  Preview,
  WorkloadAnswers,
  WorkloadSummary,
} from '@internal/plugin-ml-platform-common';

const freshness = {
  asOf: '2026-11-24T08:00:00.000Z',
  stale: false,
  problems: [],
};

export const staleness = {
  asOf: '2026-11-24T08:00:00.000Z',
  stale: true,
  problems: [
    {
      source: 'Kubernetes (sandbox)',
      kind: 'timeout' as const,
      message: 'The cluster did not respond within 5 s.',
    },
  ],
};

export const workload: WorkloadSummary = {
  team: 'app-ml-team',
  workload: 'fraud-scorer',
  environments: [
    {
      environment: 'dev',
      cluster: 'sandbox',
      namespace: 'app-ml-team-dev',
      application: {
        name: 'app-ml-team--fraud-scorer--dev',
        sync: 'Synced',
        health: 'Healthy',
        revision: '0123456789abcdef0123456789abcdef01234567',
        conditions: [],
        deployedAt: '2026-11-24T07:00:00Z',
      },
      image: 'ghcr.io/acme/fraud-scorer:1.4.2',
      pods: { ready: 2, total: 2, reasons: [] },
      health: { state: 'healthy', reasons: [] },
      rollouts: [],
    },
    {
      environment: 'staging',
      cluster: 'sandbox',
      namespace: 'app-ml-team-staging',
      application: {
        name: 'app-ml-team--fraud-scorer--staging',
        sync: 'Unknown',
        health: 'Degraded',
        conditions: [
          {
            type: 'ComparisonError',
            message: 'kustomize build failed',
            severity: 'error',
          },
        ],
      },
      pods: { ready: 0, total: 2, reasons: ['CrashLoopBackOff'] },
      health: {
        state: 'degraded',
        reasons: [{ code: 'crash-loop', text: 'CrashLoopBackOff' }],
      },
      rollouts: [],
    },
    {
      environment: 'prod',
      cluster: 'sandbox',
      namespace: 'app-ml-team',
      pods: { ready: 0, total: 0, reasons: [] },
      health: {
        state: 'missing',
        reasons: [
          { code: 'not-deployed', text: 'Nothing is deployed in prod.' },
        ],
      },
      rollouts: [],
    },
  ],
  jobs: [],
  freshness,
};

export const platformInfo: PlatformInfo = {
  sandbox: true,
  environments: [
    { name: 'dev', cluster: 'sandbox', namespaceSuffix: '-dev' },
    { name: 'staging', cluster: 'sandbox', namespaceSuffix: '-staging' },
    { name: 'prod', cluster: 'sandbox', namespaceSuffix: '' },
  ],
  requestableTeams: [{ name: 'app-ml-team', title: 'ML team' }],
};

/** Answers of `workload`: dev by an older template, staging without one, prod not yet. */
export const answers: WorkloadAnswers = {
  environments: ['dev', 'staging'],
  items: [
    {
      environment: 'dev',
      template: 'template:default/ml-service',
      isBehind: true,
      values: {
        team: 'app-ml-team',
        name: 'fraud-scorer',
        description: 'Scores payments & refunds: 100% + more?',
        port: 8080,
      },
    },
  ],
  promotions: [
    { from: 'dev', to: 'staging', changes: 2 },
    { from: 'staging', to: 'prod' },
  ],
  mayRequest: true,
  runs: [],
  commit: '0123456789abcdef0123456789abcdef01234567',
};

/** Open change request for staging. */
export const stagingRequest: ChangeRequestSummary = {
  number: 214,
  title: 'Set the image of fraud-scorer in staging',
  link: 'http://forge.example.com/acme/platform/pulls/214',
  state: 'open',
  failed: false,
  step: 'approved',
  teams: ['app-ml-team'],
  workloads: [{ team: 'app-ml-team', workload: 'fraud-scorer' }],
  author: 'portal',
  provenance: 'none',
  openedAt: '2026-11-24T07:00:00.000Z',
  updatedAt: '2026-11-24T07:00:00.000Z',
  steps: [
    { id: 'opened', state: 'passed' },
    {
      id: 'applied',
      state: 'waiting',
      workload: 'fraud-scorer',
      environment: 'staging',
    },
  ],
};

export const findings: Findings = {
  counts: { CRITICAL: 1, HIGH: 2, MEDIUM: 0, LOW: 0, UNKNOWN: 0 },
  fixable: 2,
  endOfLife: 0,
  ignoredReports: 0,
  images: [
    {
      image: 'ghcr.io/acme/fraud-scorer:1.4.2',
      environments: ['dev', 'prod'],
      containers: ['fraud-scorer'],
      roles: ['container'],
      hasPods: true,
      notes: [],
      report: 'present',
      scannedAt: '2026-11-23T08:00:00Z',
      sample: true,
    },
  ],
  items: [
    {
      id: 'CVE-2026-0001',
      severity: 'CRITICAL',
      score: 9.8,
      title: 'openssl: buffer overflow',
      package: 'openssl',
      installedVersion: '3.0.1',
      fixedVersion: '3.0.2',
      link: 'https://avd.aquasec.com/nvd/cve-2026-0001',
      image: 'ghcr.io/acme/fraud-scorer:1.4.2',
      environments: ['dev', 'prod'],
    },
  ],
  total: 1,
  freshness,
};

const DIGEST = 'a'.repeat(64);

export const preview: Preview = {
  report: {
    destructive: [],
    baseCommit: '0123456789abcdef0123456789abcdef01234567',
    digest: DIGEST,
    files: [
      {
        path: 'infra/gitops/workloads/app-ml-team/fraud-scorer/base/service.yaml',
        change: 'added',
        additions: 2,
        deletions: 0,
        diff: [
          'diff --git a/service.yaml b/service.yaml',
          'new file mode 100644',
          '--- /dev/null',
          '+++ b/service.yaml',
          '@@ -0,0 +1,2 @@',
          '+apiVersion: v1',
          '+kind: Service',
          '',
        ].join('\n'),
      },
      {
        path: 'infra/terraform/compositions/teams/app-ml-team/dev/fraud-scorer.tf',
        change: 'added',
        additions: 1,
        deletions: 0,
        diff: '--- /dev/null\n+++ b/fraud-scorer.tf\n@@ -0,0 +1 @@\n+module "fraud_scorer" {}\n',
      },
    ],
    objects: [
      {
        environment: 'dev',
        apiVersion: 'v1',
        kind: 'Service',
        namespace: 'app-ml-team-dev',
        name: 'fraud-scorer',
        change: 'added',
        yaml: 'apiVersion: v1\nkind: Service\n',
        fields: [],
      },
    ],
    summary: {
      environments: ['dev'],
      cloudEnvironments: ['dev'],
      changes: ['Adds 1 Service in dev.'],
      needs: [],
      approvals: [
        { approver: 'app-ml-team', reasons: ['It owns the changed files.'] },
      ],
    },
    checks: [
      {
        id: 'paths',
        title: 'Only files of this workload change',
        status: 'passed',
        messages: [],
      },
    ],
  },
  pullRequest: {
    title: 'Add ML service fraud-scorer to app-ml-team',
    body: '',
    branch: 'ml-platform/ml-service/app-ml-team/fraud-scorer',
  },
  asOf: '2026-11-24T08:00:00.000Z',
};
