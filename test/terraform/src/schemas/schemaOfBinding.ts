import {
  type BindingSource,
  type Entry,
  type Member,
  parseBinding,
  type Usage,
} from './bindingSource';
import type {
  Attribute,
  Block,
  NestedBlock,
  Schema,
  TypeExpression,
} from './ProviderSchema';

/** Rebuilds the schema of one resource, data source or provider from its Terraform CDK binding. */
export function schemaOfBinding(programs: string): Schema {
  const source = parseBinding(programs);
  const [name] = [...source.functions.keys()].filter(key =>
    source.classes.has(key),
  );
  if (!name) {
    throw new Error('The binding has no class that writes HCL');
  }
  return { version: 0, block: blockOf(source, name, name, `${name}Config`) };
}

/** Converts a block from its writing function, its class and its interface; providers only have the interface. */
function blockOf(
  source: BindingSource,
  ...[functionName, className, interfaceName]: string[]
): Block {
  const members = source.classes.get(className) ?? new Map<string, Member>();
  const required = source.interfaces.get(interfaceName) ?? new Set();
  const entries = source.functions.get(functionName);
  if (!entries) {
    throw new Error(`${functionName} is missing in the binding`);
  }
  const block: Block = { attributes: {}, block_types: {} };
  for (const [name, entry] of entries) {
    const usage = members.get(name) ?? {
      computed: false,
      optional: !required.has(name),
      required: required.has(name),
    };
    if (isBlock(name, entry)) {
      block.block_types[name] = nestedBlockOf(source, entry, usage);
    } else {
      block.attributes[name] = attributeOf(source, entry, usage);
    }
  }
  for (const [name, member] of members) {
    if (!entries.has(name)) {
      block.attributes[name] = {
        type: computedType(source, member.kind),
        computed: true,
      };
    }
  }
  return block;
}

function isBlock(name: string, entry: Entry): boolean {
  if (!entry.nested) {
    return false;
  }
  if (entry.repeated) {
    return entry.blockSyntax;
  }
  // A single value of type list is a block with at most one item; of type struct it is an attribute, except `timeouts`.
  return entry.type !== 'struct' || name === 'timeouts';
}

function nestedBlockOf(
  source: BindingSource,
  entry: Entry,
  usage: Usage,
): NestedBlock {
  const struct = structOf(entry.mapper);
  const block = blockOf(
    source,
    entry.mapper,
    `${struct}OutputReference`,
    struct,
  );
  return {
    block,
    nesting_mode:
      entry.type === 'struct' ? 'single' : (entry.type as 'list' | 'set'),
    ...(usage.required && { min_items: 1 }),
    ...(!entry.repeated && entry.type !== 'struct' && { max_items: 1 }),
  };
}

function attributeOf(
  source: BindingSource,
  entry: Entry,
  { computed, optional, required }: Usage,
): Attribute {
  if (!entry.nested) {
    return { type: plainType(entry), computed, optional, required };
  }
  const struct = structOf(entry.mapper);
  const { attributes } = blockOf(
    source,
    entry.mapper,
    `${struct}OutputReference`,
    struct,
  );
  return {
    nested_type: {
      attributes,
      nesting_mode:
        entry.type === 'struct'
          ? 'single'
          : (entry.type as 'list' | 'set' | 'map'),
    },
    computed,
    optional,
    required,
  };
}

const scalars: Record<string, string> = {
  any: 'dynamic',
  boolean: 'bool',
  number: 'number',
  string: 'string',
};

function plainType({ type, storage }: Entry): TypeExpression {
  const scalar = scalars[storage.replace(/(Map|List)+$/, '')];
  if (!scalar) {
    throw new Error(`Unknown type ${storage} in the binding`);
  }
  if (type === 'simple') {
    return scalar;
  }
  const depth = storage.match(/(Map|List)/g)?.length ?? 1;
  // Terraform's dynamic values have no nested type.
  if (scalar === 'dynamic') {
    return 'dynamic';
  }
  return depth > 1 ? [type, ['list', scalar]] : [type, scalar];
}

function computedType(
  source: BindingSource,
  kind: string | undefined,
): TypeExpression {
  const inner = /^(String|Number|Boolean|Any)(Map)?(List)?$/.exec(kind ?? '');
  if (inner) {
    const scalar = scalars[inner[1].toLowerCase()];
    const mapped: TypeExpression = inner[2] ? ['map', scalar] : scalar;
    return inner[3] ? ['list', mapped] : mapped;
  }
  if (kind === 'List') {
    return ['list', 'string'];
  }
  const single = source.classes.get(kind ?? '');
  if (kind?.endsWith('OutputReference') && single) {
    return objectType(source, single);
  }
  const item = source.classes.get(
    `${kind?.replace(/List$/, '')}OutputReference`,
  );
  return item ? ['list', objectType(source, item)] : 'dynamic';
}

function objectType(
  source: BindingSource,
  members: Map<string, Member>,
): TypeExpression {
  const fields = [...members].map(([name, { kind }]) => [
    name,
    computedType(source, kind),
  ]);
  return ['object', Object.fromEntries(fields)];
}

function structOf(mapper: string): string {
  const name = mapper.replace(/ToHclTerraform$/, '');
  return name[0].toUpperCase() + name.slice(1);
}
