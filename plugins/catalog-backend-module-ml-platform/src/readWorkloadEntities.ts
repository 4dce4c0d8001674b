import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  type Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  type KindValidator,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { WorkloadLocation } from './withPlatformMetadata';

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

/** Kinds that a team can define. Groups, users, systems and templates belong to the platform. */
const kindValidators: Readonly<Record<string, KindValidator>> = {
  API: apiEntityV1alpha1Validator,
  Component: componentEntityV1alpha1Validator,
  Resource: resourceEntityV1alpha1Validator,
};

const documentSchema = z.object({
  apiVersion: z.string(),
  kind: z.enum(['API', 'Component', 'Resource']),
  /** Other fields, such as `namespace` and `uid`, are dropped. */
  metadata: z.object({
    name: z.string(),
    title: z.string().optional(),
    description: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
    tags: z.array(z.string()).optional(),
    links: z
      .array(
        z.object({
          url: z.url({ protocol: /^https?$/ }),
          title: z.string().optional(),
          icon: z.string().optional(),
          type: z.string().optional(),
        }),
      )
      .optional(),
  }),
  spec: z.record(z.string(), z.json()),
});

/**
 * Reads the entities of a `catalog-info.yaml`; the Component with the workload's name comes first.
 *
 * @throws when one of them is invalid; the whole file is then skipped.
 */
export async function readWorkloadEntities(
  text: string,
  location: WorkloadLocation,
): Promise<Entity[]> {
  const { team, workload } = location;
  const entities: Entity[] = [];
  for (const document of parseAllDocuments(text)) {
    if (document.errors.length > 0) {
      throw document.errors[0];
    }
    if (document.contents !== null) {
      entities.push(await readEntity(document.toJS(), team));
    }
  }
  const isMain = ({ kind, metadata }: Entity) =>
    kind === 'Component' && metadata.name === workload;
  const main = entities.filter(isMain);
  if (main.length !== 1) {
    throw new InputError(
      `it must define exactly one Component named "${workload}"`,
    );
  }
  const others = entities.filter(entity => !isMain(entity));
  for (const { kind, metadata } of others) {
    if (
      metadata.name !== workload &&
      !metadata.name.startsWith(`${workload}-`)
    ) {
      throw new InputError(
        `${kind} "${metadata.name}" must be named "${workload}" or start with "${workload}-"`,
      );
    }
  }
  return [...main, ...others];
}

async function readEntity(content: unknown, team: string): Promise<Entity> {
  const parsed = documentSchema.safeParse(content);
  if (!parsed.success) {
    throw new InputError(z.prettifyError(parsed.error));
  }
  checkPlaceholders(parsed.data.spec);
  const { metadata, spec, ...envelope } = parsed.data;
  const entity: Entity = {
    ...envelope,
    metadata: { ...metadata, namespace: 'default' },
    spec: { ...spec, owner: `group:default/${team}` },
  };
  await policy.enforce(entity);
  if (!(await kindValidators[entity.kind].check(entity))) {
    throw new InputError(`unknown apiVersion ${entity.apiVersion}`);
  }
  return entity;
}

/** Placeholders such as `$text: <file>` are read with the portal's credentials: only files of the workload are allowed. */
function checkPlaceholders(value: unknown) {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (key.startsWith('$') && !isWorkloadFile(item)) {
      throw new InputError(
        `"${key}" must name a file in the workload's directory, for example "./openapi.yaml"`,
      );
    }
    checkPlaceholders(item);
  }
}

function isWorkloadFile(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^(\.\/)?[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/.test(
      value,
    )
  );
}
