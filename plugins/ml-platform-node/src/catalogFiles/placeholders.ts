import path from 'node:path';
import { treeProblem } from './treeProblem';
import { readYamlDocuments } from './yamlDocuments';

const MAX_BYTES = 1024 * 1024;
const MAX_PLACEHOLDERS = 20;
/** As in Linux; Git cannot be asked for a path that is longer than an argument may be. */
const MAX_PATH_LENGTH = 4096;

/** Converts the content of a file, by placeholder. OpenAPI and AsyncAPI definitions are taken as they are, with their `$ref`s. */
const resolvers: Readonly<Record<string, (content: Buffer) => unknown>> = {
  $text: asText,
  $openapi: asText,
  $asyncapi: asText,
  $json: content => JSON.parse(asText(content)),
  $yaml: readYaml,
};

/** Reads a file of the platform repository by its path from the root; undefined when there is none. */
export type ReadFile = (file: string) => Promise<Buffer | undefined>;

/** A placeholder that cannot be replaced. `path` leads to it in the document. */
export class PlaceholderError extends Error {
  readonly path: string[];

  constructor(message: string, location: string[]) {
    super(message);
    this.name = 'PlaceholderError';
    this.path = location;
  }
}

/**
 * Replaces objects such as `{ $text: ./openapi.yaml }` with the content of the file. The portal does it itself, so that
 * only files of the platform repository are read, at the same commit, and never a URL with the portal's credentials.
 *
 * @see backstage/backstage v1.57 plugins/catalog-backend/src/processors/PlaceholderProcessor.ts
 * @throws PlaceholderError
 */
export async function replacePlaceholders(
  document: unknown,
  options: { directory: string; readFile: ReadFile },
): Promise<unknown> {
  let count = 0;
  const replace = async (value: unknown, at: string[]): Promise<unknown> => {
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const key = placeholderOf(value);
    if (key) {
      const location = [...at, key];
      count += 1;
      if (count > MAX_PLACEHOLDERS) {
        throw new PlaceholderError(
          `The document has more than ${MAX_PLACEHOLDERS} placeholders. Remove some.`,
          location,
        );
      }
      return readPlaceholder(key, Object.values(value)[0], location, options);
    }
    const entries: Array<[string, unknown]> = [];
    for (const [name, child] of Object.entries(value)) {
      entries.push([name, await replace(child, [...at, name])]);
    }
    return Array.isArray(value)
      ? entries.map(([, child]) => child)
      : Object.fromEntries(entries);
  };
  return replace(document, []);
}

function placeholderOf(value: object): string | undefined {
  const keys = Array.isArray(value) ? [] : Object.keys(value);
  return keys.length === 1 && Object.hasOwn(resolvers, keys[0])
    ? keys[0]
    : undefined;
}

async function readPlaceholder(
  key: string,
  target: unknown,
  location: string[],
  { directory, readFile }: { directory: string; readFile: ReadFile },
): Promise<unknown> {
  const fail = (message: string) => new PlaceholderError(message, location);
  if (typeof target !== 'string' || target === '') {
    throw fail(`"${key}" must be the path of a file.`);
  }
  const shown = target.slice(0, 200);
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target)) {
    throw fail(
      `"${key}: ${shown}" is a URL, which the portal does not read. Copy the file into the workload's directory, and name it by its relative path, for example "./openapi.yaml".`,
    );
  }
  const file = path.posix.normalize(
    target.startsWith('/') ? target.slice(1) : `${directory}/${target}`,
  );
  const isInside =
    file !== '..' && !file.startsWith('../') && file.length <= MAX_PATH_LENGTH;
  const content = isInside ? await readFile(file) : undefined;
  if (!content) {
    throw fail(
      `"${key}: ${shown}" is not a file of the platform repository. Add the file, or correct the path, which is relative to catalog-info.yaml.`,
    );
  }
  if (content.length > MAX_BYTES) {
    throw fail(
      `"${key}: ${shown}" has ${content.length} bytes; the limit is ${MAX_BYTES}. Make the file smaller.`,
    );
  }
  let value: unknown;
  try {
    value = resolvers[key](content);
  } catch (error) {
    throw fail(
      `"${key}: ${shown}" cannot be read: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
  const problem = treeProblem(value);
  if (problem) {
    throw fail(`"${key}: ${shown}" cannot be read: ${problem}`);
  }
  if (containsPlaceholder(value)) {
    // Stock Backstage would replace it, with the portal's credentials.
    throw fail(
      `"${key}: ${shown}" contains a placeholder itself, which is not allowed. Write the content instead.`,
    );
  }
  return value;
}

function containsPlaceholder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return (
    placeholderOf(value) !== undefined ||
    Object.values(value).some(containsPlaceholder)
  );
}

function asText(content: Buffer): string {
  return content.toString('utf8');
}

function readYaml(content: Buffer): unknown {
  const documents = readYamlDocuments(content);
  if (documents.length !== 1) {
    throw new Error(`the file must be one document (got ${documents.length}).`);
  }
  const [document] = documents;
  if ('problem' in document) {
    throw new Error(document.problem.text);
  }
  return document.value;
}
