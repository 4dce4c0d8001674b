/** Usage of an attribute or block in the provider's schema. */
export interface Usage {
  computed: boolean;
  optional: boolean;
  required: boolean;
}

/** A member of a generated class. */
export interface Member extends Usage {
  /** Type of a computed attribute: `String`, `Number`, `StringMap`, or the class of its nested value. */
  kind?: string;
}

/** One entry of a generated function that writes HCL. */
export interface Entry {
  /** The mapper: `cdktf.stringToHclTerraform`, or the name of another such function. */
  mapper: string;
  /** Written with a list mapper. Anything else is a single value, whatever its type. */
  repeated: boolean;
  /** A nested block; only list mappers distinguish it from a nested attribute. */
  blockSyntax: boolean;
  nested: boolean;
  type: string;
  storage: string;
}

/** A parsed binding of the Terraform CDK, which is TypeScript generated from a provider's schema. */
export interface BindingSource {
  classes: Map<string, Map<string, Member>>;
  functions: Map<string, Map<string, Entry>>;
  interfaces: Map<string, Set<string>>;
}

/**
 * Parses the source of a binding, which the source maps of the published programs contain (large bindings have several). It
 * has comments with the usage of each attribute.
 */
export function parseBinding(programs: string): BindingSource {
  const source: BindingSource = {
    classes: new Map(),
    functions: new Map(),
    interfaces: new Map(),
  };
  for (const [, encoded] of programs.matchAll(
    /sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/]+={0,2})/g,
  )) {
    const map = JSON.parse(Buffer.from(encoded, 'base64').toString());
    addTo(source, String(map.sourcesContent[0]));
  }
  return source;
}

function addTo(source: BindingSource, text: string): void {
  for (const part of text.split(/^export /m)) {
    const [, kind, name] = /^(interface|class|function) (\w+)/.exec(part) ?? [];
    if (kind === 'interface') {
      source.interfaces.set(name, requiredOf(part));
    } else if (kind === 'class') {
      source.classes.set(name, membersOf(part));
      if (part.includes('synthesizeHclAttributes()')) {
        source.functions.set(
          name,
          entriesOf(part.split('synthesizeHclAttributes()')[1]),
        );
      }
    } else if (name?.endsWith('ToHclTerraform')) {
      source.functions.set(name, entriesOf(part));
    }
  }
}

/** The required members of an interface, in snake case. */
function requiredOf(part: string): Set<string> {
  const members = part.matchAll(/#(\w+)\}\s*\*\/\s*readonly \w+(\??):/g);
  return new Set(
    [...members].filter(match => !match[2]).map(match => match[1]),
  );
}

function membersOf(part: string): Map<string, Member> {
  const members = new Map<string, Member>();
  const pattern =
    /\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)\n([\s\S]*?)(?=\n {2}\/\/ |\n\})/g;
  for (const [, name, computed, optional, required, body] of part.matchAll(
    pattern,
  )) {
    const kind =
      /this\.get(\w+)Attribute\(/.exec(body)?.[1] ??
      /= new (?:cdktf\.)?(\w+)\(/.exec(body)?.[1];
    members.set(name, {
      computed: computed === 'true',
      optional: optional === 'true',
      required: required === 'true',
      kind,
    });
  }
  return members;
}

function entriesOf(part: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const pattern =
    /^ +(\w+): \{\n +value: (.*),\n +isBlock: (\w+),\n +type: "(\w+)",\n +storageClassType: "(\w+)",/gm;
  for (const [, name, written, nested, type, storage] of part.matchAll(
    pattern,
  )) {
    // Attributes that may also be written as blocks keep an explicit null.
    const value = written.replace(/^\S+ === undefined \? null : /, '');
    const list = /^cdktf\.listMapperHcl\(([\w.]+), (true|false)\)/.exec(value);
    const mapper = list?.[1] ?? /^([\w.]+)\(/.exec(value)?.[1];
    if (!mapper) {
      throw new Error(`The binding writes ${name} in an unknown way: ${value}`);
    }
    entries.set(name, {
      mapper,
      repeated: Boolean(list),
      blockSyntax: list ? list[2] === 'true' : false,
      nested: nested === 'true',
      type,
      storage,
    });
  }
  return entries;
}
