import {
  type Draft,
  type KubernetesObject,
} from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import { apiGroup } from '../kubernetes/ResourceType';
import { findResourceType } from '../kubernetes/resourceTypes';
import type { Application } from './Application';

const TRACKING_ANNOTATION = 'argocd.argoproj.io/tracking-id';

/** Adds the destination namespace and the tracking annotation of an Application to an object. */
export function withTracking(object: Draft, application: Application): Draft {
  const namespaced = findResourceType(object)?.namespaced ?? true;
  const { namespace: ownNamespace, ...metadata } = object.metadata;
  const namespace = namespaced
    ? ownNamespace ?? application.spec.destination.namespace
    : undefined;
  const placed = {
    ...object,
    metadata: { ...metadata, ...(namespace !== undefined && { namespace }) },
  };
  const trackingId = `${application.metadata.name}:${resourceId(placed)}`;
  return {
    ...placed,
    metadata: {
      ...placed.metadata,
      annotations: {
        ...metadata.annotations,
        [TRACKING_ANNOTATION]: trackingId,
      },
    },
  };
}

/** Lists the objects that an Application has created and still owns. */
export function trackedObjects(
  store: ObjectStore,
  application: string,
): KubernetesObject[] {
  return store
    .all()
    .filter(object => trackingApplication(object) === application);
}

/** Returns the name of the Application that tracks an object. */
export function trackingApplication(
  object: KubernetesObject,
): string | undefined {
  const [application, id] =
    object.metadata.annotations?.[TRACKING_ANNOTATION]?.split(/:(.*)/s) ?? [];
  // A copied annotation identifies another object and is ignored.
  return id === resourceId(object) ? application : undefined;
}

/** Formats the tracking id of an object, for example `apps/Deployment:app-ml-team-dev/ml-backend`. */
export function resourceId({ apiVersion, kind, metadata }: Draft): string {
  return `${apiGroup(apiVersion)}/${kind}:${metadata.namespace ?? ''}/${
    metadata.name
  }`;
}
