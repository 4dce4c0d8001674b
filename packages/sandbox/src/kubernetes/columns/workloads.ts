import {
  type Fields,
  type KubernetesObject,
  count,
  field,
  items,
  text,
} from '../KubernetesObject';
import { humanDuration, formatAge } from '../duration';
import type { Column } from './Column';
import { containerFields, formatLabels, formatSelector } from './formats';

// Follows pkg/printers/internalversion of Kubernetes.

const templateColumns = (path: string): Column[] => [
  ['Containers', containerFields(path, 'name'), 'wide'],
  ['Images', containerFields(path, 'image'), 'wide'],
];
const selectorColumn = (path: string): Column => [
  'Selector',
  object => formatSelector(field(object, path)),
  'wide',
];
const readyReplicas = (object: KubernetesObject) =>
  `${count(object, 'status.readyReplicas')}/${count(object, 'spec.replicas')}`;

export const pod: Column[] = [
  [
    'Ready',
    object =>
      `${containerStatuses(object).filter(status => status.ready).length}/${
        items(object, 'spec.containers').length
      }`,
  ],
  ['Status', podStatus],
  ['Restarts', podRestarts],
  'Age',
  ['IP', object => text(object, 'status.podIP', '<none>'), 'wide'],
  ['Node', object => text(object, 'spec.nodeName', '<none>'), 'wide'],
  ['Nominated Node', () => '<none>', 'wide'],
  ['Readiness Gates', () => '<none>', 'wide'],
];

function containerStatuses(object: KubernetesObject): Fields[] {
  return items(object, 'status.containerStatuses');
}

/** Value of the STATUS column. */
function podStatus(object: KubernetesObject): string {
  const reasons = containerStatuses(object)
    .map(
      status =>
        text(status, 'state.waiting.reason') ||
        text(status, 'state.terminated.reason'),
    )
    .filter(Boolean);
  return (
    reasons[0] ?? text(object, 'status.reason', text(object, 'status.phase'))
  );
}

function podRestarts(object: KubernetesObject, now: number): string {
  const statuses = containerStatuses(object);
  const restarts = statuses.reduce(
    (sum, status) => sum + count(status, 'restartCount'),
    0,
  );
  const last = statuses
    .map(status => text(status, 'lastState.terminated.finishedAt'))
    .sort()
    .pop();
  return restarts && last
    ? `${restarts} (${formatAge(last, now)} ago)`
    : String(restarts);
}

export const deployment: Column[] = [
  ['Ready', readyReplicas],
  ['Up-to-date:integer', 'status.updatedReplicas'],
  ['Available:integer', 'status.availableReplicas'],
  'Age',
  ...templateColumns('spec.template'),
  selectorColumn('spec.selector'),
];

export const replicaSet: Column[] = [
  ['Desired:integer', 'spec.replicas'],
  ['Current:integer', 'status.replicas'],
  ['Ready:integer', 'status.readyReplicas'],
  'Age',
  ...templateColumns('spec.template'),
  selectorColumn('spec.selector'),
];

export const statefulSet: Column[] = [
  ['Ready', readyReplicas],
  'Age',
  ...templateColumns('spec.template'),
];

export const daemonSet: Column[] = [
  ['Desired:integer', 'status.desiredNumberScheduled'],
  ['Current:integer', 'status.currentNumberScheduled'],
  ['Ready:integer', 'status.numberReady'],
  ['Up-to-date:integer', 'status.updatedNumberScheduled'],
  ['Available:integer', 'status.numberAvailable'],
  [
    'Node Selector',
    object => formatLabels(field(object, 'spec.template.spec.nodeSelector')),
  ],
  'Age',
  ...templateColumns('spec.template'),
  selectorColumn('spec.selector'),
];

/** Conditions of a Job in order of precedence for the STATUS column. */
const JOB_STATUS_CONDITIONS = [
  'Complete',
  'Failed',
  'Suspended',
  'FailureTarget',
  'SuccessCriteriaMet',
];

export const job: Column[] = [
  [
    'Status',
    object =>
      JOB_STATUS_CONDITIONS.find(type =>
        items(object, 'status.conditions').some(
          condition => condition.type === type && condition.status === 'True',
        ),
      ) ?? 'Running',
  ],
  [
    'Completions',
    object =>
      `${count(object, 'status.succeeded')}/${text(
        object,
        'spec.completions',
        '1',
      )}`,
  ],
  [
    'Duration',
    (object, now) => {
      const start = Date.parse(text(object, 'status.startTime'));
      const end = Date.parse(text(object, 'status.completionTime'));
      return Number.isNaN(start)
        ? ''
        : humanDuration((Number.isNaN(end) ? now : end) - start);
    },
  ],
  'Age',
  ...templateColumns('spec.template'),
  selectorColumn('spec.selector'),
];

export const cronJob: Column[] = [
  ['Schedule', 'spec.schedule'],
  ['Timezone', object => text(object, 'spec.timeZone', '<none>')],
  [
    'Suspend:boolean',
    object => (field(object, 'spec.suspend') ? 'True' : 'False'),
  ],
  ['Active:integer', object => items(object, 'status.active').length],
  [
    'Last Schedule',
    (object, now) => {
      const last = field(object, 'status.lastScheduleTime');
      return last ? formatAge(last, now) : '<none>';
    },
  ],
  'Age',
  ...templateColumns('spec.jobTemplate.spec.template'),
  selectorColumn('spec.jobTemplate.spec.selector'),
];

export const horizontalPodAutoscaler: Column[] = [
  [
    'Reference',
    object =>
      `${text(object, 'spec.scaleTargetRef.kind')}/${text(
        object,
        'spec.scaleTargetRef.name',
      )}`,
  ],
  [
    'Targets',
    object => {
      const current = items(object, 'status.currentMetrics');
      return (
        items(object, 'spec.metrics')
          .map((metric, index) => {
            const at = text(
              current[index],
              'resource.current.averageUtilization',
            );
            const target = text(metric, 'resource.target.averageUtilization');
            return `${text(metric, 'resource.name')}: ${
              at ? `${at}%` : '<unknown>'
            }/${target ? `${target}%` : '<auto>'}`;
          })
          .join(', ') || '<none>'
      );
    },
  ],
  ['MinPods', object => text(object, 'spec.minReplicas', '<unset>')],
  ['MaxPods', 'spec.maxReplicas'],
  ['Replicas', object => String(count(object, 'status.currentReplicas'))],
  'Age',
];
