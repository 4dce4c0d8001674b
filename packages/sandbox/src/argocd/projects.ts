import {
  type Draft,
  field,
  items,
  type KubernetesObject,
  text,
} from '../kubernetes/KubernetesObject';
import { findResourceType } from '../kubernetes/resourceTypes';
import { apiGroup } from '../kubernetes/ResourceType';
import type { Application } from './Application';

/** Returns Argo CD's message when an AppProject does not permit an Application; undefined when it does. */
export function applicationProblem(
  application: Application,
  project: KubernetesObject | undefined,
): string | undefined {
  const { source, destination, project: name } = application.spec;
  if (!project) {
    return `Application referencing project ${name} which does not exist`;
  }
  const repositories = field(project, 'spec.sourceRepos');
  if (
    !Array.isArray(repositories) ||
    !repositories.some(pattern => globMatches(String(pattern), source.repoURL))
  ) {
    return `application repo ${source.repoURL} is not permitted in project '${name}'`;
  }
  // The namespace is optional: objects may have their own.
  return isDestinationAllowed(
    project,
    destination.server,
    destination.namespace,
  )
    ? undefined
    : `application destination server '${destination.server}' and namespace '${
        destination.namespace ?? ''
      }' do not match any of the allowed destinations in project '${name}'`;
}

/** Returns Argo CD's message when an AppProject does not permit an object; undefined when it does. */
export function objectProblem(
  object: Draft,
  application: Application,
  project: KubernetesObject,
): string | undefined {
  const { kind, apiVersion, metadata } = object;
  const group = apiGroup(apiVersion);
  const namespaced = findResourceType(object)?.namespaced ?? true;
  const listed = (list: string) =>
    items(project, `spec.${list}`).some(
      entry =>
        globMatches(text(entry, 'group'), group) &&
        globMatches(text(entry, 'kind'), kind),
    );
  const has = (list: string) => field(project, `spec.${list}`) !== undefined;
  const allowed = namespaced
    ? (!has('namespaceResourceWhitelist') ||
        listed('namespaceResourceWhitelist')) &&
      !listed('namespaceResourceBlacklist')
    : listed('clusterResourceWhitelist') && !listed('clusterResourceBlacklist');
  const name = project.metadata.name;
  if (!allowed) {
    return `resource ${group}:${kind} is not permitted in project ${name}`;
  }
  return !namespaced ||
    isDestinationAllowed(
      project,
      application.spec.destination.server,
      metadata.namespace,
    )
    ? undefined
    : `namespace ${
        metadata.namespace ?? ''
      } is not permitted in project '${name}'`;
}

function isDestinationAllowed(
  project: KubernetesObject,
  server: string,
  namespace = '',
): boolean {
  return items(project, 'spec.destinations').some(
    destination =>
      globMatches(text(destination, 'server'), server) &&
      globMatches(text(destination, 'namespace'), namespace),
  );
}

/** Matches a glob of Argo CD, in which `*` matches any text. */
function globMatches(pattern: string, value: string): boolean {
  const escaped = pattern
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*');
  return new RegExp(`^${escaped}$`, 's').test(value);
}
