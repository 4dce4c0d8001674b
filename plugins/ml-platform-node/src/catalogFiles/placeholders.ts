import path from 'node:path';
import {
  ENTITY_LIMITS,
  FILE_BYTES,
  type OversizedFile,
  readYamlDocuments,
  tooLargeText,
  treeProblem,
} from '../untrustedFiles';

/** Linux' limit. A longer path could not be passed to Git as an argument. */
const MAX_PATH_LENGTH = 4096;

/** Converts the content of a file, by placeholder. OpenAPI and AsyncAPI definitions are taken as they are, with their `$ref`s. */
const resolvers: Readonly<
  Record<string, (content: Buffer) => Promise<unknown>>
> = {
  $text: asText,
  $openapi: asText,
  $asyncapi: asText,
  $json: async content => JSON.parse(await asText(content)),
  $yaml: readYaml,
};

/**
 * Reads a file of the platform repository by its path from the root, unless it is larger than a number of bytes; undefined when
 * there is none.
 */
export type ReadFile = (
  file: string,
  maxBytes: number,
) => Promise<Buffer | OversizedFile | undefined>;

/** Files that the placeholders of one `catalog-info.yaml` read. */
export class IncludedFiles {
  readonly directory: string;
  /** Only files of the team: another team's may be nothing for its eyes, and change without its knowledge. */
  readonly teamDirectory: string;
  readonly #readFile: ReadFile;
  #bytes = 0;

  /** @param directory - of the `catalog-info.yaml`. */
  constructor(directory: string, readFile: ReadFile) {
    this.directory = directory;
    this.teamDirectory = path.posix.dirname(directory);
    this.#readFile = readFile;
  }

  /** True when the files read so far are too large together. */
  get exhausted(): boolean {
    return this.#bytes > FILE_BYTES.includedTogether;
  }

  async read(file: string): Promise<Buffer | OversizedFile | undefined> {
    const content =
      file.length > MAX_PATH_LENGTH
        ? undefined
        : await this.#readFile(file, FILE_BYTES.included);
    this.#bytes += Buffer.isBuffer(content) ? content.length : 0;
    return content;
  }
}

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
  files: IncludedFiles,
): Promise<unknown> {
  let count = 0;
  const replace = async (value: unknown, at: string[]): Promise<unknown> => {
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const key = placeholderOf(value);
    if (key) {
      const location = [...at, key];
      if (!mayBeIncluded(at)) {
        throw new PlaceholderError(
          `"${key}" cannot stand for ${at.join(
            '.',
          )}: write the value into this file. Only metadata.description and fields of spec other than owner and system may come from other files.`,
          location,
        );
      }
      count += 1;
      if (count > ENTITY_LIMITS.placeholders) {
        throw new PlaceholderError(
          `The document has more than ${ENTITY_LIMITS.placeholders} placeholders. Remove some.`,
          location,
        );
      }
      return readPlaceholder(key, Object.values(value)[0], location, files);
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

/**
 * Checks if a value may come from another file. Names and owners of entities may not: the rule of unique names reads no other
 * files, and reviewers of this one would not see them change.
 */
function mayBeIncluded([section, field]: string[]): boolean {
  return section === 'spec'
    ? field !== undefined && field !== 'owner' && field !== 'system'
    : section === 'metadata' && field === 'description';
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
  files: IncludedFiles,
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
    target.startsWith('/') ? target.slice(1) : `${files.directory}/${target}`,
  );
  if (!file.startsWith(`${files.teamDirectory}/`)) {
    throw fail(
      `"${key}: ${shown}" is outside of ${files.teamDirectory}/, and the portal reads only the team's own files. Copy the file into the workload's directory, and name it by its relative path, for example "./openapi.yaml".`,
    );
  }
  const content = await files.read(file);
  if (!content) {
    throw fail(
      `"${key}: ${shown}" is not a file of the platform repository. Add the file, or correct the path, which is relative to catalog-info.yaml.`,
    );
  }
  if (!Buffer.isBuffer(content)) {
    throw fail(
      `"${key}: ${shown}" ${tooLargeText(
        content,
        FILE_BYTES.included,
      )}. Make the file smaller.`,
    );
  }
  if (files.exhausted) {
    throw fail(
      `"${key}: ${shown}" and the files before it have more than ${FILE_BYTES.includedTogether} bytes together. Make them smaller.`,
    );
  }
  let value: unknown;
  try {
    value = await resolvers[key](content);
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

async function asText(content: Buffer): Promise<string> {
  return content.toString('utf8');
}

async function readYaml(content: Buffer): Promise<unknown> {
  const documents = await readYamlDocuments(content);
  if (documents.length !== 1) {
    throw new Error(`the file must be one document (got ${documents.length}).`);
  }
  const [document] = documents;
  if ('problem' in document) {
    throw new Error(document.problem.text);
  }
  return document.value;
}
