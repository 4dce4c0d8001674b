import {
  type Draft,
  field,
  items,
  type KubernetesObject,
  text,
} from '../kubernetes/KubernetesObject';
import { findResourceType } from '../kubernetes/resourceTypes';
import type { Application } from './Application';

/** Why an AppProject does not allow an Application, in Argo CD's words; undefined when it does. */
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
    !repositories.some(pattern => matches(String(pattern), source.repoURL))
  ) {
    return `application repo ${source.repoURL} is not permitted in project '${name}'`;
  }
  // An Application without a namespace names one on each object.
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

/** Why an AppProject does not allow an object, in Argo CD's words; undefined when it does. */
export function objectProblem(
  object: Draft,
  application: Application,
  project: KubernetesObject,
): string | undefined {
  const { kind, apiVersion, metadata } = object;
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const namespaced = findResourceType(object)?.namespaced ?? true;
  const listed = (list: string) =>
    items(project, `spec.${list}`).some(
      entry =>
        matches(text(entry, 'group'), group) &&
        matches(text(entry, 'kind'), kind),
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
      matches(text(destination, 'server'), server) &&
      matches(text(destination, 'namespace'), namespace),
  );
}

/** Argo CD's globs: `*` for anything. */
function matches(pattern: string, value: string): boolean {
  const escaped = pattern
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*');
  return new RegExp(`^${escaped}$`, 's').test(value);
}
