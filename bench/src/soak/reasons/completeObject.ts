import {
  ENVIRONMENT_LABEL,
  KUBERNETES_ID_LABEL,
  TEAM_LABEL,
  WORKLOAD_LABEL,
  workloadDirectory,
} from '@internal/plugin-ml-platform-common';
import type { Row } from './rowSchema';

/** Nodes whose kubelet the soak plays: one that works, one that falls silent, and one that is not ready. */
export const STAND_IN_NODE = 'stand-in';
export const LOST_NODE = 'lost';
export const NOT_READY_NODE = 'not-ready';
/** Namespace of Applications whose Argo CD the soak plays. */
export const STAND_IN_ARGOCD = 'argocd-stand-in';

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

/** An object of a row as it is applied. */
export interface RowObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels: Record<string, string>;
  } & Fields;
  spec?: Fields;
  /** Object of the row whose uid becomes an owner reference; not part of the object itself. */
  ownedBy?: { kind: string; name: string };
}

export function namespaceOf({ name }: Row): string {
  return `${name}-dev`;
}

export function applicationNameOf({ name }: Row): string {
  return `${name}--${name}--dev`;
}

/** Directory of a row's files in the platform repository. */
export function filesDirectory({ name }: Row): string {
  return `infra/${workloadDirectory(name, name)}`;
}

export function argocdNamespaceOf({ by }: Row): string {
  return by === 'Argo CD (stand-in)' ? STAND_IN_ARGOCD : 'argocd';
}

/**
 * Completes an object of a row, so that the table shows what matters: version, name, namespace and the label of the
 * workload; selectors and containers of templates.
 */
export function completeObject(row: Row, given: Fields): RowObject {
  const kind = String(given.kind);
  const metadata = fields(given.metadata);
  const labels = { [KUBERNETES_ID_LABEL]: row.name };
  return {
    apiVersion: API_VERSIONS[kind] ?? 'v1',
    ...given,
    kind,
    metadata: {
      name: row.name,
      ...(!CLUSTER_KINDS.includes(kind) && { namespace: namespaceOf(row) }),
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

/** The pod of a row that has one, on the node of the stand-in if that writes its status. */
export function podOf(row: Row): RowObject[] {
  return row.pod
    ? [
        completeObject(row, {
          kind: 'Pod',
          spec: {
            ...(row.kubelet &&
              !row.pod.schedulerName && { nodeName: STAND_IN_NODE }),
            ...row.pod,
          },
        }),
      ]
    : [];
}

/** Application and AppProject of a row that has files in Git or a status of the stand-in. */
export function applicationOf(row: Row, repositoryUrl: string): RowObject[] {
  if (!row.application) {
    return [];
  }
  const namespace = argocdNamespaceOf(row);
  const { spec, metadata } = row.application;
  const server = 'https://kubernetes.default.svc';
  return [
    completeObject(row, {
      kind: 'AppProject',
      metadata: { namespace },
      spec: {
        sourceRepos: ['*'],
        destinations: [{ server, namespace: namespaceOf(row) }],
        ...row.project,
      },
    }),
    completeObject(row, {
      kind: 'Application',
      metadata: {
        ...fields(metadata),
        name: applicationNameOf(row),
        namespace,
        labels: {
          [TEAM_LABEL]: row.name,
          [WORKLOAD_LABEL]: row.name,
          [ENVIRONMENT_LABEL]: 'dev',
        },
      },
      spec: {
        project: row.name,
        source: {
          repoURL: repositoryUrl,
          targetRevision: 'main',
          path: filesDirectory(row),
        },
        destination: { server, namespace: namespaceOf(row) },
        syncPolicy: { automated: {} },
        ...fields(spec),
      },
    }),
  ];
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
