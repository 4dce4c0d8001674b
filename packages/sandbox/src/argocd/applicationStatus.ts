import { isDeepStrictEqual } from 'node:util';
import {
  type Draft,
  field,
  items,
  text,
  timestamp,
} from '../kubernetes/KubernetesObject';
import type {
  ApplicationCondition,
  ApplicationSpec,
  ApplicationStatus,
  ResourceStatus,
} from './Application';
import { groupOf } from './tracking';

type Sync = ApplicationStatus['sync']['status'];
type Health = ApplicationStatus['health']['status'];

/** What changes of a status when an Application was looked at. */
export interface Observation {
  sync: Sync;
  revision: string;
  health: Health;
  resources: ResourceStatus[];
  condition?: { type: ApplicationCondition['type']; message: string };
}

/** The status after an observation: times move only with what they are the times of. */
export function observe(
  application: { spec: ApplicationSpec; status?: ApplicationStatus },
  seen: Observation,
  now: number,
): ApplicationStatus {
  const { source, destination } = application.spec;
  const before = application.status;
  const time = timestamp(now);
  const { condition, health, resources, revision, sync } = seen;
  const last = before?.conditions?.find(
    ({ type, message }) =>
      type === condition?.type && message === condition.message,
  );
  const next: ApplicationStatus = {
    ...before,
    controllerNamespace: 'argocd',
    resourceHealthSource: 'appTree',
    health: {
      status: health,
      lastTransitionTime:
        before?.health.status === health
          ? before.health.lastTransitionTime
          : time,
    },
    resources: resources.length > 0 ? resources : undefined,
    summary: before?.summary ?? {},
    sourceHydrator: {},
    // What could not be made is of no type.
    sourceType:
      condition?.type === 'ComparisonError' ? undefined : before?.sourceType,
    sync: { status: sync, revision, comparedTo: { source, destination } },
    conditions: condition && [
      { ...condition, lastTransitionTime: last?.lastTransitionTime ?? time },
    ],
  };
  const same = isDeepStrictEqual(plain(next), plain(before));
  return { ...next, reconciledAt: same ? before?.reconciledAt : time };
}

export function resourceStatus(
  object: Draft,
  status: ResourceStatus['status'],
  requiresPruning = false,
): ResourceStatus {
  const { apiVersion, kind, metadata } = object;
  const { namespace, name } = metadata;
  const group = groupOf(apiVersion);
  return {
    ...(group && { group }),
    version: apiVersion.split('/').pop() ?? '',
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    status,
    ...(requiresPruning && { requiresPruning }),
  };
}

const POD_SPECS = [
  'spec',
  'spec.template.spec',
  'spec.jobTemplate.spec.template.spec',
];

/** The images of all pods and pod templates. */
export function imagesOf(objects: Draft[]): string[] {
  const images = objects
    .filter(({ kind }) => kind !== 'Ingress')
    .flatMap(object =>
      POD_SPECS.flatMap(path =>
        ['initContainers', 'containers'].flatMap(name =>
          items(field(object, path), name),
        ),
      ),
    )
    .map(container => text(container, 'image'));
  return [...new Set(images.filter(Boolean))].sort();
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}
