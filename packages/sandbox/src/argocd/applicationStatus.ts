import { isDeepStrictEqual } from 'node:util';
import {
  type Draft,
  field,
  items,
  jsonCopy,
  text,
  timestamp,
} from '../kubernetes/KubernetesObject';
import type {
  ApplicationCondition,
  ApplicationSpec,
  ApplicationStatus,
  ResourceStatus,
} from './Application';
import { apiGroup } from '../kubernetes/ResourceType';

type Sync = ApplicationStatus['sync']['status'];
type Health = ApplicationStatus['health']['status'];

/** Result of reconciling an Application. */
export interface Observation {
  sync: Sync;
  revision: string;
  health: Health;
  resources: ResourceStatus[];
  condition?: { type: ApplicationCondition['type']; message: string };
}

/** Computes the status of an Application after it was reconciled. Transition times change only together with their status. */
export function statusAfter(
  application: { spec: ApplicationSpec; status?: ApplicationStatus },
  observation: Observation,
  now: number,
): ApplicationStatus {
  const { source, destination } = application.spec;
  const before = application.status;
  const time = timestamp(now);
  const { condition, health, resources, revision, sync } = observation;
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
    // The source type is unknown when the build failed.
    sourceType:
      condition?.type === 'ComparisonError' ? undefined : before?.sourceType,
    sync: { status: sync, revision, comparedTo: { source, destination } },
    conditions: condition && [
      { ...condition, lastTransitionTime: last?.lastTransitionTime ?? time },
    ],
  };
  const isUnchanged = isDeepStrictEqual(jsonCopy(next), jsonCopy(before));
  return { ...next, reconciledAt: isUnchanged ? before?.reconciledAt : time };
}

/** Creates the entry of an object in `status.resources`. */
export function resourceStatus(
  object: Draft,
  status: ResourceStatus['status'],
  requiresPruning = false,
): ResourceStatus {
  const { apiVersion, kind, metadata } = object;
  const { namespace, name } = metadata;
  const group = apiGroup(apiVersion);
  return {
    ...(group && { group }),
    version: apiVersion.split('/').pop() ?? '',
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    ...(status && { status }),
    ...(requiresPruning && { requiresPruning }),
  };
}

const POD_SPEC_PATHS = [
  'spec',
  'spec.template.spec',
  'spec.jobTemplate.spec.template.spec',
];

/** Collects the images of all pods and pod templates. */
export function imagesOf(objects: Draft[]): string[] {
  const images = objects
    .filter(({ kind }) => kind !== 'Ingress')
    .flatMap(object =>
      POD_SPEC_PATHS.flatMap(path =>
        ['initContainers', 'containers'].flatMap(name =>
          items(field(object, path), name),
        ),
      ),
    )
    .map(container => text(container, 'image'));
  return [...new Set(images.filter(Boolean))].sort();
}
