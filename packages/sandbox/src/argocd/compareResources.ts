import type { Draft, KubernetesObject } from '../kubernetes/KubernetesObject';
import { findResourceType } from '../kubernetes/resourceTypes';
import type { Application, ResourceStatus } from './Application';
import type { Applier } from './Applier';
import { resourceStatus } from './applicationStatus';
import { isHook, isSkipped } from './hooks';
import { objectProblem } from './projects';
import { resourceId } from './tracking';

/** The objects of a comparison. Hooks among them are listed without a sync status, and neither compared nor pruned. */
interface CompareResourcesOptions {
  application: Application;
  project: KubernetesObject;
  desired: Draft[];
  /** Objects that the Application has created and still owns. */
  tracked: KubernetesObject[];
  applier: Applier;
}

/** Compares the desired objects with the live ones. Tracked objects that are no longer desired require pruning. */
export function compareResources(
  options: CompareResourcesOptions,
): ResourceStatus[] {
  const { tracked } = options;
  const desired = options.desired.filter(object => !isHook(object));
  const desiredIds = new Set(desired.map(resourceId));
  return [
    ...desired.map(object =>
      isSkipped(object)
        ? resourceStatus(object, undefined)
        : resourceStatus(object, syncStatusOf(object, options)),
    ),
    ...tracked
      .filter(object => !desiredIds.has(resourceId(object)))
      .map(object =>
        isHook(object)
          ? { ...resourceStatus(object, undefined, true), hook: true }
          : resourceStatus(object, 'OutOfSync', true),
      ),
  ];
}

function syncStatusOf(
  object: Draft,
  { application, project, applier }: CompareResourcesOptions,
): ResourceStatus['status'] {
  if (objectProblem(object, application, project)) {
    return 'Unknown';
  }
  return findResourceType(object) && applier.isSynced(object)
    ? 'Synced'
    : 'OutOfSync';
}
