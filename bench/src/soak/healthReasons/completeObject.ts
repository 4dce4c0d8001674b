import {
  ENVIRONMENT_LABEL,
  KUBERNETES_ID_LABEL,
  TEAM_LABEL,
  WORKLOAD_LABEL,
} from '@internal/plugin-ml-platform-common';
import {
  applicationNameOf,
  argocdNamespaceOf,
  filesDirectory,
  namespaceOf,
  STAND_IN_NODE,
} from './scenarioNames';
import type { Scenario } from './scenarioSchema';

const API_VERSIONS: Record<string, string> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  PodDisruptionBudget: 'policy/v1',
  Rollout: 'argoproj.io/v1alpha1',
  Application: 'argoproj.io/v1alpha1',
  AppProject: 'argoproj.io/v1alpha1',
  Workload: 'kueue.x-k8s.io/v1beta2',
  LocalQueue: 'kueue.x-k8s.io/v1beta2',
};

/** Kinds without a namespace. */
const CLUSTER_KINDS = [
  'ClusterRoleBinding',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
];

const CONTAINERS = [{ name: 'server', image: 'ghcr.io/acme/app:1.0' }];

type Fields = Record<string, unknown>;

/** A Kubernetes object of a scenario, ready to be applied. */
export interface ScenarioObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels: Record<string, string>;
  } & Fields;
  spec?: Fields;
  /** Object of the scenario whose uid becomes an owner reference; not part of the object itself. */
  ownedBy?: { kind: string; name: string };
}

/**
 * Fills in what scenarios leave out to stay short: API version, name, namespace, the workload's label, and the selectors
 * and containers of pod templates.
 */
export function completeObject(
  scenario: Scenario,
  given: Fields,
): ScenarioObject {
  const kind = String(given.kind);
  const metadata = fields(given.metadata);
  const labels = { [KUBERNETES_ID_LABEL]: scenario.name };
  return {
    apiVersion: API_VERSIONS[kind] ?? 'v1',
    ...given,
    kind,
    metadata: {
      name: scenario.name,
      ...(!CLUSTER_KINDS.includes(kind) && {
        namespace: namespaceOf(scenario),
      }),
      ...metadata,
      labels: { ...labels, ...fields(metadata.labels) } as Record<
        string,
        string
      >,
    },
    ...(given.spec !== undefined && {
      spec: completeSpec(kind, fields(given.spec), labels),
    }),
  };
}

function completeSpec(kind: string, spec: Fields, labels: Fields): Fields {
  switch (kind) {
    case 'Pod':
      return { containers: CONTAINERS, ...spec };
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Rollout':
      return {
        selector: { matchLabels: labels },
        ...(kind === 'StatefulSet' && { serviceName: 'none' }),
        ...spec,
        template: completeTemplate(fields(spec.template), labels),
      };
    case 'Job':
      return {
        ...spec,
        template: completeTemplate(fields(spec.template), labels, 'Never'),
      };
    case 'CronJob': {
      const jobTemplate = fields(spec.jobTemplate);
      return {
        schedule: '* * * * *',
        ...spec,
        jobTemplate: {
          ...jobTemplate,
          metadata: { labels },
          spec: completeSpec('Job', fields(jobTemplate.spec), labels),
        },
      };
    }
    default:
      return spec;
  }
}

function completeTemplate(
  template: Fields,
  labels: Fields,
  restartPolicy?: string,
): Fields {
  const metadata = fields(template.metadata);
  return {
    ...template,
    metadata: {
      ...metadata,
      labels: { ...labels, ...fields(metadata.labels) },
    },
    spec: {
      containers: CONTAINERS,
      ...(restartPolicy && { restartPolicy }),
      ...fields(template.spec),
    },
  };
}

/** The pod of a scenario, if it has one; on the stand-in's node if the stand-in writes its status. */
export function podOf(scenario: Scenario): ScenarioObject[] {
  return scenario.pod
    ? [
        completeObject(scenario, {
          kind: 'Pod',
          spec: {
            ...(scenario.podStatus &&
              !scenario.pod.schedulerName && { nodeName: STAND_IN_NODE }),
            ...scenario.pod,
          },
        }),
      ]
    : [];
}

/** Application and AppProject of a scenario, if it has an Application. */
export function applicationOf(
  scenario: Scenario,
  repositoryUrl: string,
): ScenarioObject[] {
  if (!scenario.application) {
    return [];
  }
  const namespace = argocdNamespaceOf(scenario);
  const { spec, metadata } = scenario.application;
  const server = 'https://kubernetes.default.svc';
  return [
    completeObject(scenario, {
      kind: 'AppProject',
      metadata: { namespace },
      spec: {
        sourceRepos: ['*'],
        destinations: [{ server, namespace: namespaceOf(scenario) }],
        ...scenario.appProject,
      },
    }),
    completeObject(scenario, {
      kind: 'Application',
      metadata: {
        ...fields(metadata),
        name: applicationNameOf(scenario),
        namespace,
        labels: {
          [TEAM_LABEL]: scenario.name,
          [WORKLOAD_LABEL]: scenario.name,
          [ENVIRONMENT_LABEL]: 'dev',
        },
      },
      spec: {
        project: scenario.name,
        source: {
          repoURL: repositoryUrl,
          targetRevision: 'main',
          path: filesDirectory(scenario),
        },
        destination: { server, namespace: namespaceOf(scenario) },
        syncPolicy: { automated: {} },
        ...fields(spec),
      },
    }),
  ];
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
