import { isDeepStrictEqual } from 'node:util';
import type { RenderedObject } from '@internal/plugin-ml-platform-common';
import { stringify } from 'yaml';
import type { KubernetesObject } from '../kustomize';
import { fieldChanges } from '../summary/fieldChanges';
import type { EnvironmentBuild } from './builds';

/** Lists added, modified and deleted objects, by environment in order of promotion. */
export function renderedObjects(builds: EnvironmentBuild[]): RenderedObject[] {
  return builds.flatMap(build => changedObjects(build.environment.name, build));
}

/**
 * Lists added, modified and deleted objects.
 *
 * @param environment - empty for objects of all environments
 */
export function changedObjects(
  environment: string,
  { before, after }: { before: KubernetesObject[]; after: KubernetesObject[] },
): RenderedObject[] {
  const previous = new Map(
    before.map(object => [objectIdentity(object), object]),
  );
  const current = new Set(after.map(objectIdentity));
  const describe = (
    object: KubernetesObject,
    change: RenderedObject['change'],
    old?: KubernetesObject,
  ): RenderedObject => ({
    environment,
    apiVersion: object.apiVersion,
    kind: object.kind,
    namespace: object.metadata.namespace,
    name: object.metadata.name,
    change,
    yaml: stringify(object, { lineWidth: 0 }),
    fields: old ? fieldChanges(old, object) : [],
  });
  return [
    ...after.flatMap(object => {
      const old = previous.get(objectIdentity(object));
      if (!old) {
        return [describe(object, 'added')];
      }
      return isDeepStrictEqual(old, object)
        ? []
        : [describe(object, 'modified', old)];
    }),
    ...before
      .filter(object => !current.has(objectIdentity(object)))
      .map(object => describe(object, 'deleted')),
  ];
}

function objectIdentity({
  apiVersion,
  kind,
  metadata,
}: KubernetesObject): string {
  return [apiVersion, kind, metadata.namespace, metadata.name].join('|');
}
