import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { ResourceType } from '../ResourceType';
import { parseModel, type Schema } from './parseModel';

/** Packages with type declarations of Kubernetes' and Argo CD's objects, and the prefix of their schema names. */
const PACKAGES: Record<string, { prefix: string; main: () => string }> = {
  'kubernetes-models': {
    prefix: 'io.k8s.api',
    main: () => require.resolve('kubernetes-models'),
  },
  '@kubernetes-models/apimachinery': {
    prefix: 'io.k8s.apimachinery.pkg',
    main: () => require.resolve('@kubernetes-models/apimachinery'),
  },
  '@kubernetes-models/argo-cd': {
    prefix: 'io.argoproj',
    main: () => require.resolve('@kubernetes-models/argo-cd'),
  },
};
const IMPORT = /import \{ (?<names>[^}]+) \} from "(?<path>[^"]+)"/g;
/** Wrappers of time, which are declared as plain text. */
const TIMES = /\.(Time|MicroTime)$/;

/** Collects the schemas of types, with all that they refer to. */
export class ModelSchemas {
  readonly schemas: Record<string, Schema> = {};

  /** Adds the schema of a type. @returns its name; undefined when no package declares the type. */
  add({ group, version, kind }: ResourceType): string | undefined {
    const [library, folder] =
      group === 'argoproj.io'
        ? ['@kubernetes-models/argo-cd', `${group}/${version}`]
        : ['kubernetes-models', [group, version].filter(Boolean).join('/')];
    return this.#load(`${library}/${folder}/${kind}`);
  }

  /** Loads a declaration file by its module path. */
  #load(path: string): string | undefined {
    const library = Object.keys(PACKAGES).find(each =>
      path.startsWith(`${each}/`),
    );
    if (!library) {
      return undefined;
    }
    const model = path.slice(library.length + 1);
    const name = schemaName(library, model);
    if (name in this.schemas) {
      return name;
    }
    const file = join(dirname(PACKAGES[library].main()), `${model}.d.ts`);
    if (!existsSync(file)) {
      return undefined;
    }
    const source = readFileSync(file, 'utf8');
    const imports = importsOf(source, path);
    // Entered before its references are followed, because types may refer to themselves.
    this.schemas[name] = {};
    const { schema } = parseModel(source, identifier => {
      const target = imports.get(identifier);
      const referred = target === undefined ? name : this.#load(target);
      return referred ? { $ref: `#/components/schemas/${referred}` } : {};
    });
    this.schemas[name] = TIMES.test(name)
      ? { ...schema, format: 'date-time' }
      : schema;
    return name;
  }
}

/** Module paths by imported identifier. */
function importsOf(source: string, path: string): Map<string, string> {
  return new Map(
    [...source.matchAll(IMPORT)].flatMap(({ groups = {} }) =>
      groups.names
        .split(', ')
        .map((identifier): [string, string] => [
          identifier,
          groups.path.startsWith('.')
            ? posix.join(posix.dirname(path), groups.path)
            : groups.path,
        ]),
    ),
  );
}

function schemaName(library: string, model: string): string {
  const isCore = library === 'kubernetes-models' && /^v1\//.test(model);
  const path = model.replace('argoproj.io/', '').replaceAll('/', '.');
  return [PACKAGES[library].prefix, isCore ? 'core' : '', path]
    .filter(Boolean)
    .join('.');
}
