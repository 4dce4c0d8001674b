import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  type Entity,
  FieldFormatEntityPolicy,
  type KindValidator,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
} from '@backstage/catalog-model';

/** A rule that an entity breaks; `path` leads to the field. */
export interface EntityProblem {
  path: string[];
  text: string;
}

/** Kinds that a team can define. Groups, users, systems, locations and templates belong to the platform. */
const kindValidators = new Map<string, KindValidator>([
  ['API', apiEntityV1alpha1Validator],
  ['Component', componentEntityV1alpha1Validator],
  ['Resource', resourceEntityV1alpha1Validator],
]);
export const WORKLOAD_KINDS = [...kindValidators.keys()];

const envelopePolicies = [
  // First, because it names the field.
  new NoForeignRootFieldsEntityPolicy(),
  new SchemaValidEntityPolicy(),
  new FieldFormatEntityPolicy(),
];

/** Schemes that run code in the page, or show content under the portal's name. */
const UNSAFE_SCHEMES = ['javascript', 'data', 'vbscript', 'blob', 'filesystem'];

/**
 * Validates an entity by the rules of stock Backstage, and its links by ours. The policies stop at their first problem.
 *
 * @see backstage/backstage v1.57 plugins/catalog-backend/src/service/CatalogBuilder.ts (`buildEntityPolicy`)
 */
export async function entityProblem(
  entity: Entity,
): Promise<EntityProblem | undefined> {
  for (const policy of envelopePolicies) {
    try {
      await policy.enforce(entity);
    } catch (error) {
      return describe(messageOf(error));
    }
  }
  try {
    if (!(await kindValidators.get(entity.kind)?.check(entity))) {
      return {
        path: ['apiVersion'],
        text: `apiVersion must be backstage.io/v1alpha1 (got "${short(
          entity.apiVersion,
        )}").`,
      };
    }
  } catch (error) {
    return describe(messageOf(error));
  }
  return linkProblem(entity);
}

function linkProblem({ metadata }: Entity): EntityProblem | undefined {
  const schemes = (metadata.links ?? []).map(({ url }) =>
    new URL(url).protocol.slice(0, -1),
  );
  const index = schemes.findIndex(scheme => UNSAFE_SCHEMES.includes(scheme));
  return index < 0
    ? undefined
    : {
        path: ['metadata', 'links', String(index), 'url'],
        text: `metadata.links.${index}.url: links of the scheme "${schemes[index]}" are not allowed. Use another one, for example "https".`,
      };
}

/** Converts a message of Backstage's policies and schemas. Each has its own form, and none has a field for the path. */
function describe(message: string): EntityProblem {
  const format =
    /^"([^"]*)" is not valid;(?: expected (.*) but found "(.*)"\.)?/s.exec(
      message,
    );
  if (format) {
    const path = formatPath(format[1]);
    return {
      path,
      text: `${path.join('.')} must be ${format[2] ?? 'valid'} (got "${short(
        format[3] ?? '',
      )}").`,
    };
  }
  const schema =
    /^(?:Malformed envelope, )?(<root>|\/\S*) (.*?)(?: - (.*))?$/s.exec(
      message,
    );
  if (schema) {
    const path = pointerPath(schema[1]);
    const values = /allowedValues: (.*)/s.exec(schema[3] ?? '');
    return {
      path,
      text: `${path.length > 0 ? path.join('.') : 'The document'} ${schema[2]}${
        values ? ` (${values[1].replaceAll(',', ', ')})` : ''
      }.`,
    };
  }
  const unknown = /^Unknown field (.*)$/s.exec(message);
  return unknown
    ? {
        path: [unknown[1]],
        text: `"${short(
          unknown[1],
        )}" is not a field of an entity. Check its spelling and position.`,
      }
    : { path: [], text: message };
}

/** The policy names fields of `metadata` without it, and keys of labels may contain dots. */
function formatPath(field: string): string[] {
  const [first, ...rest] = field.split('.');
  if (first === 'labels' || first === 'annotations') {
    return ['metadata', first, rest.join('.')];
  }
  return first === 'tags' || first === 'links'
    ? ['metadata', first, ...rest]
    : [first, ...rest];
}

function pointerPath(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Values of users are shown in part. */
function short(value: string): string {
  return value.length > 100 ? `${value.slice(0, 100)}…` : value;
}
