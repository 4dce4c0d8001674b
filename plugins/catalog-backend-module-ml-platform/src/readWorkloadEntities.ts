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
import type { WorkloadLocation } from './withPlatformFacts';

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

/** What a team describes itself. Groups, users, systems and templates are the platform's. */
const kindValidators: Readonly<Record<string, KindValidator>> = {
  API: apiEntityV1alpha1Validator,
  Component: componentEntityV1alpha1Validator,
  Resource: resourceEntityV1alpha1Validator,
};

const documentSchema = z.object({
  apiVersion: z.string(),
  kind: z.enum(['API', 'Component', 'Resource']),
  /** Only these: `namespace`, `uid` and the like are not the file's to set. */
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
 * The entities of a `catalog-info.yaml`: first the Component that has the workload's name, then what else is described.
 *
 * @throws an error for the log when one of them is not valid; the whole file is then left out.
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
      // The owner is known from the path, so a file need not name it.
      entities.push(await readEntity(document.toJS(), team));
    }
  }
  const isMain = ({ kind, metadata }: Entity) =>
    kind === 'Component' && metadata.name === workload;
  const main = entities.filter(isMain);
  if (main.length !== 1) {
    throw new InputError(`describe one Component with the name "${workload}"`);
  }
  const others = entities.filter(entity => !isMain(entity));
  for (const { kind, metadata } of others) {
    if (
      metadata.name !== workload &&
      !metadata.name.startsWith(`${workload}-`)
    ) {
      throw new InputError(
        `name ${kind} "${metadata.name}" "${workload}-${metadata.name}"; names start with the workload's`,
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
    throw new InputError(`apiVersion ${entity.apiVersion} is not known`);
  }
  return entity;
}

/** `$text: <file>` is read with the portal's credentials, so it can name a file of the workload's directory only. */
function checkPlaceholders(value: unknown) {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (key.startsWith('$') && !isOwnFile(item)) {
      throw new InputError(
        `let "${key}" name a file of the workload's directory, for example "./openapi.yaml"`,
      );
    }
    checkPlaceholders(item);
  }
}

function isOwnFile(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^(\.\/)?[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/.test(
      value,
    )
  );
}
