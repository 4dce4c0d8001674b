import { type Entity, parseEntityRef } from '@backstage/catalog-model';
import type { EntityProblem } from './catalogEntity';

/** Fields of `spec` with entity references, and the kind of those that name none. */
const fieldsOfKind: Readonly<
  Record<string, Readonly<Record<string, { defaultKind?: string }>>>
> = {
  Component: {
    subcomponentOf: { defaultKind: 'Component' },
    providesApis: { defaultKind: 'API' },
    consumesApis: { defaultKind: 'API' },
    dependsOn: {},
    dependencyOf: {},
  },
  Resource: { dependsOn: {}, dependencyOf: {} },
};

/**
 * Finds a reference that the catalog cannot parse. It would fail after the schema has passed, and the entity would not appear.
 *
 * @see backstage/backstage v1.57 plugins/catalog-backend/src/processors/BuiltinKindsEntityProcessor.ts (`postProcessEntity`)
 */
export function referenceProblem(entity: Entity): EntityProblem | undefined {
  for (const [field, context] of Object.entries(
    fieldsOfKind[entity.kind] ?? {},
  )) {
    const references = [entity.spec?.[field] ?? []].flat();
    for (const [index, reference] of references.entries()) {
      try {
        parseEntityRef(String(reference), context);
      } catch {
        return {
          path: ['spec', field, String(index)],
          text: `spec.${field}: "${String(reference).slice(
            0,
            100,
          )}" is not an entity reference. Write ${
            context.defaultKind
              ? 'its name, or kind:namespace/name'
              : 'its kind too'
          }, for example "${(
            context.defaultKind ?? 'resource'
          ).toLowerCase()}:default/orders".`,
        };
      }
    }
  }
  return undefined;
}
