import {
  ENVIRONMENT_LABEL,
  TEAM_LABEL,
} from '@internal/plugin-ml-platform-common';
import { applicationKind } from './application';
import type { WithMetadata } from './metadata';
import { namespaceKind } from './namespace';
import type { StoredObject } from './StoredObject';

/** The team that owns an object, and the environment that it is in. */
interface Owner {
  team: string;
  /** Absent for Applications without a label for it. */
  environment?: string;
}

/** The part of an object that decides who owns it. */
type OwnedObject = Pick<
  StoredObject,
  'apiVersion' | 'kind' | 'metadata' | 'spec'
>;

/**
 * The owner of a Namespace: its labels `ml-platform.io/team` and `ml-platform.io/environment`, which only the platform
 * can set. Everything in the namespace has the same owner, whatever its own labels say.
 *
 * This is a security boundary: access to a namespace is granted to the readers of this team.
 *
 * @returns undefined for a namespace that no team owns: a label is missing or empty, or the object is not a Namespace.
 */
export function ownerOfNamespace(
  object: OwnedObject,
): Required<Owner> | undefined {
  if (!isOfKind(object, namespaceKind)) {
    return undefined;
  }
  const team = object.metadata.labels?.[TEAM_LABEL];
  const environment = object.metadata.labels?.[ENVIRONMENT_LABEL];
  return team && environment ? { team, environment } : undefined;
}

/**
 * The owner of an Argo CD Application: the team that its AppProject (`spec.project`) is named after. Argo CD enforces
 * the project; labels of the Application and the namespace that it deploys to prove nothing about the team. The cluster
 * store lists only Applications that may use their project: see `isAcceptedApplication.ts`.
 *
 * This is a security boundary: access to an Application is granted to the readers of this team.
 *
 * @returns undefined without a project, or for an object that is not an Application.
 */
export function ownerOfApplication(object: OwnedObject): Owner | undefined {
  const project = object.spec?.project;
  return isOfKind(object, applicationKind) &&
    typeof project === 'string' &&
    project !== ''
    ? {
        team: project,
        environment: environmentOfApplication(object),
      }
    : undefined;
}

/** The environment label of an Application, which is only meaningful among the Applications of one team. */
export function environmentOfApplication({
  metadata,
}: WithMetadata): string | undefined {
  return metadata.labels?.[ENVIRONMENT_LABEL];
}

/** The owner that a Namespace or an Application itself names; undefined for other kinds, which their namespace owns. */
export function ownerOf(object: OwnedObject): Owner | undefined {
  return ownerOfNamespace(object) ?? ownerOfApplication(object);
}

function isOfKind(
  object: OwnedObject,
  { apiVersion, kind }: { apiVersion: string; kind: string },
): boolean {
  return object.apiVersion === apiVersion && object.kind === kind;
}
