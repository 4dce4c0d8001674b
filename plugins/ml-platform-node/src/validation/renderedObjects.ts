import { isDeepStrictEqual } from 'node:util';
import type { RenderedObject } from '@internal/plugin-ml-platform-common';
import { stringify } from 'yaml';
import { EventLoopSlice } from '../async/EventLoopSlice';
import type { KubernetesObject } from '../kustomize';
import { fieldChanges } from '../summary/fieldChanges';
import type { EnvironmentBuild } from './builds';

/** Lists added, modified and deleted objects, by environment in order of promotion. */
export async function renderedObjects(
  builds: EnvironmentBuild[],
): Promise<RenderedObject[]> {
  const objects = await Promise.all(
    builds.map(build => changedObjects(build.environment.name, build)),
  );
  return objects.flat();
}

/**
 * Lists added, modified and deleted objects, with pauses.
 *
 * @param environment - empty for objects of all environments
 */
export async function changedObjects(
  environment: string,
  { before, after }: { before: KubernetesObject[]; after: KubernetesObject[] },
): Promise<RenderedObject[]> {
  const slice = new EventLoopSlice();
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
  const changed: RenderedObject[] = [];
  for (const object of after) {
    await slice.next();
    const old = previous.get(objectIdentity(object));
    if (!old) {
      changed.push(describe(object, 'added'));
    } else if (!isDeepStrictEqual(old, object)) {
      changed.push(describe(object, 'modified', old));
    }
  }
  for (const object of before) {
    await slice.next();
    if (!current.has(objectIdentity(object))) {
      changed.push(describe(object, 'deleted'));
    }
  }
  return changed;
}

function objectIdentity({
  apiVersion,
  kind,
  metadata,
}: KubernetesObject): string {
  return [apiVersion, kind, metadata.namespace, metadata.name].join('|');
}
