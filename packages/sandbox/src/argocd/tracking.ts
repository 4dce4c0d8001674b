import {
  type Draft,
  type KubernetesObject,
} from '../kubernetes/KubernetesObject';
import { findResourceType } from '../kubernetes/resourceTypes';
import type { Application } from './Application';

const TRACKING_ANNOTATION = 'argocd.argoproj.io/tracking-id';

/** An object as an Application wants it: in a namespace, and marked as the Application's. */
export function withTracking(object: Draft, application: Application): Draft {
  const namespaced = findResourceType(object)?.namespaced ?? true;
  const { namespace: own, ...metadata } = object.metadata;
  const namespace = namespaced
    ? own ?? application.spec.destination.namespace
    : undefined;
  const placed = {
    ...object,
    metadata: { ...metadata, ...(namespace !== undefined && { namespace }) },
  };
  const trackingId = `${application.metadata.name}:${identity(placed)}`;
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

/** The name of the Application that an object is tracked by. */
export function trackingApplication(
  object: KubernetesObject,
): string | undefined {
  const [application, id] =
    object.metadata.annotations?.[TRACKING_ANNOTATION]?.split(/:(.*)/s) ?? [];
  // A copied annotation means nothing: it names another object.
  return id === identity(object) ? application : undefined;
}

/** `apps/Deployment:app-ml-team-dev/ml-backend` */
export function identity({ apiVersion, kind, metadata }: Draft): string {
  return `${groupOf(apiVersion)}/${kind}:${metadata.namespace ?? ''}/${
    metadata.name
  }`;
}

export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}
