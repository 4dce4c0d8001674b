/** A JSON schema in an OpenAPI document. */
export type Schema = Record<string, unknown>;

/** Returns the reference to an imported type. */
type ResolveReference = (identifier: string) => Schema;

interface Token {
  kind: 'comment' | 'text' | 'identifier' | 'symbol';
  value: string;
}

const TOKENS =
  /\/\*\*(?<comment>[\s\S]*?)\*\/|"(?<text>(?:[^"\\]|\\.)*)"|(?<identifier>[A-Za-z_$][\w$]*)|(?<symbol>[{}[\]<>|?:;=])/g;
const DECLARATION =
  /(?:\/\*\*(?<comment>(?:(?!\*\/)[\s\S])*)\*\/\s*)?export (?:interface (?<name>\w+)[^{]*|declare type (?<alias>\w+) = )(?<body>[\s\S]*)/;

const SCALARS: Record<string, Schema> = {
  string: { type: 'string' },
  number: { type: 'integer' },
  boolean: { type: 'boolean' },
  object: { type: 'object' },
};

class TypeParser {
  readonly #tokens: Token[];
  readonly #resolveReference: ResolveReference;
  #position = 0;

  constructor(tokens: Token[], resolveReference: ResolveReference) {
    this.#tokens = tokens;
    this.#resolveReference = resolveReference;
  }

  parseType(): Schema {
    const members = [this.#parseMember()];
    while (this.#skip('|')) {
      members.push(this.#parseMember());
    }
    const values = members.flatMap(({ enum: each }) => each ?? []);
    if (values.length === members.length) {
      return { type: 'string', enum: values };
    }
    return members.length === 1
      ? members[0]
      : { type: 'string', format: 'int-or-string' };
  }

  #parseMember(): Schema {
    const { kind, value } = this.#take();
    if (kind === 'text') {
      return { type: 'string', enum: [value] };
    }
    if (value === '{') {
      return this.#parseObject();
    }
    if (value === 'Array' && this.#skip('<')) {
      const items = this.parseType();
      this.#skip('>');
      return { type: 'array', items };
    }
    return (
      SCALARS[value] ??
      (/^I[A-Z]/.test(value) ? this.#resolveReference(value) : {})
    );
  }

  #parseObject(): Schema {
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    while (this.#position < this.#tokens.length && !this.#skip('}')) {
      let { kind, value } = this.#take();
      let description: string | undefined;
      if (kind === 'comment') {
        description = descriptionOf(value);
        ({ kind, value } = this.#take());
      }
      if (value === '[') {
        // An index signature: `[key: string]: T;`.
        this.#position += 4;
        this.#skip(':');
        const additionalProperties = this.parseType();
        this.#skip(';');
        this.#skip('}');
        return { type: 'object', additionalProperties };
      }
      const isOptional = this.#skip('?');
      this.#skip(':');
      properties[value] = describe(this.parseType(), description);
      this.#skip(';');
      if (!isOptional && !['apiVersion', 'kind'].includes(value)) {
        required.push(value);
      }
    }
    return {
      type: 'object',
      ...(required.length > 0 && { required }),
      properties,
    };
  }

  #take(): Token {
    const token = this.#tokens[this.#position];
    this.#position += 1;
    return token ?? { kind: 'symbol', value: '}' };
  }

  #skip(symbol: string): boolean {
    const token = this.#tokens[this.#position];
    const isNext = token?.kind === 'symbol' && token.value === symbol;
    this.#position += isNext ? 1 : 0;
    return isNext;
  }
}

/** Converts the first type that a declaration file exports to a schema, with the comments as descriptions. */
export function parseModel(
  source: string,
  resolveReference: ResolveReference,
): { name: string; schema: Schema } {
  const { comment, name, alias, body } = DECLARATION.exec(source)?.groups ?? {};
  const tokens = [...(body ?? '').matchAll(TOKENS)].map(({ groups = {} }) => {
    const [kind, value] = Object.entries(groups).find(
      ([, each]) => each !== undefined,
    ) as [Token['kind'], string];
    return { kind, value };
  });
  const schema = new TypeParser(tokens, resolveReference).parseType();
  return {
    name: name ?? alias ?? '',
    schema: describe(schema, comment && descriptionOf(comment)),
  };
}

/** Adds a description. Keywords beside a reference have no effect in OpenAPI 3.0, so the reference moves into `allOf`. */
function describe(schema: Schema, description: string | undefined): Schema {
  if (!description) {
    return schema;
  }
  return '$ref' in schema
    ? { allOf: [schema], description }
    : { ...schema, description };
}

function descriptionOf(comment: string): string {
  return comment
    .split('\n')
    .map(line => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim();
}
