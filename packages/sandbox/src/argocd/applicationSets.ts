import { z } from 'zod';
import {
  type Draft,
  type Fields,
  field,
  items,
  type KubernetesObject,
} from '../kubernetes/KubernetesObject';
import { ownerReference } from '../controllers/pods';
import { RESOURCES_FINALIZER, ARGOCD_NAMESPACE } from './Application';
import { pathParameters, renderTemplate } from './goTemplate';
import type { Snapshot } from './Snapshot';

const applicationSchema = z.looseObject({
  metadata: z.looseObject({
    name: z
      .string()
      .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/)
      .max(253),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: z.looseObject({
    project: z.string(),
    source: z.looseObject({
      repoURL: z.string(),
      targetRevision: z.string().default('HEAD'),
      path: z.string(),
      directory: z
        .looseObject({
          include: z.string().optional(),
          exclude: z.string().optional(),
          recurse: z.boolean().optional(),
        })
        .optional(),
    }),
    destination: z.looseObject({
      server: z.string(),
      namespace: z.string().optional(),
    }),
  }),
});

/**
 * Generates the Applications of an ApplicationSet: one for each directory that its git generators find.
 *
 * @throws Error when its template cannot be rendered.
 */
export function generateApplications(
  set: KubernetesObject,
  snapshot: Snapshot,
): Draft[] {
  const directories = [...snapshot.trees.keys()].filter(
    path => !path.split('/').some(segment => segment.startsWith('.')),
  );
  const paths = items(set, 'spec.generators').flatMap(generator => {
    const entries = items(generator, 'git.directories');
    const included = entries
      .filter(entry => !entry.exclude)
      .map(entry => pathPattern(String(entry.path)));
    const excluded = entries
      .filter(entry => entry.exclude)
      .map(entry => pathPattern(String(entry.path)));
    return directories.filter(
      path =>
        included.some(pattern => pattern.test(path)) &&
        !excluded.some(pattern => pattern.test(path)),
    );
  });
  const preservesResources =
    field(set, 'spec.syncPolicy.preserveResourcesOnDeletion') === true;
  return [...new Set(paths)].sort().map(path => {
    const { metadata, spec } = applicationSchema.parse(
      renderTemplate(field(set, 'spec.template'), pathParameters(path)),
    );
    return {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        ...metadata,
        namespace: ARGOCD_NAMESPACE,
        ...(!preservesResources && { finalizers: [RESOURCES_FINALIZER] }),
        ownerReferences: [ownerReference(set)],
      },
      spec: spec as Fields,
    };
  });
}

/** Returns true if the `applicationsSync` policy of a set permits to delete Applications. */
export function allowsDeletion(set: KubernetesObject): boolean {
  const policy = field(set, 'spec.syncPolicy.applicationsSync') ?? 'sync';
  return policy === 'sync' || policy === 'create-delete';
}

/** Compiles a glob, in which `*` matches within one path segment. */
function pathPattern(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `^${escaped.replace(/\*+/g, '[^/]*').replace(/\?/g, '[^/]')}$`,
  );
}
