import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { entityProblem, WORKLOAD_KINDS } from './catalogEntity';
import {
  FILE_BYTES,
  type FileProblem,
  type OversizedFile,
  readYamlDocuments,
  tooLargeText,
  treeProblem,
  type YamlDocument,
} from '../untrustedFiles';
import { entityLimitProblem } from './entityLimits';
import {
  IncludedFiles,
  PlaceholderError,
  type ReadFile,
  replacePlaceholders,
} from './placeholders';
import { referenceProblem } from './referenceProblem';

export interface CatalogFileProblem extends FileProblem {
  /** True for a document that the portal ignores on purpose: it is valid, and nothing of the workload is missing. */
  ignored?: boolean;
}

/** The content of a `catalog-info.yaml`. */
export interface CatalogFile {
  /** The Component with the workload's name, or else the Resource; absent when it is invalid. */
  component?: Entity;
  /** Other valid entities, in the order of the file. */
  others: Entity[];
  problems: CatalogFileProblem[];
  /** References of entities that are invalid. */
  invalid: string[];
  /** True when the file has an invalid document and it is unknown which entity it defines. */
  unidentified: boolean;
}

interface CatalogFileLocation {
  team: string;
  workload: string;
  /** Directory of the workload, relative to the repository's root. */
  directory: string;
}

/** Reads a `catalog-info.yaml`, for the catalog as well as for the repository check. An invalid document affects no other. */
export async function readCatalogFile(
  content: Buffer | OversizedFile,
  location: CatalogFileLocation,
  readFile: ReadFile,
): Promise<CatalogFile> {
  const { workload } = location;
  const includedFiles = new IncludedFiles(location.directory, readFile);
  const file: CatalogFile = {
    others: [],
    problems: [],
    invalid: [],
    unidentified: false,
  };
  const seen = new Set<string>();
  for (const document of await readDocuments(content)) {
    const read = await readDocument(document, { ...location, includedFiles });
    if (read?.entity && seen.has(stringifyEntityRef(read.entity))) {
      const { kind, metadata } = read.entity;
      read.problem = {
        line: read.line,
        text: `${kind} ${metadata.name} is defined twice. Remove one of the two.`,
      };
    } else if (read?.entity) {
      seen.add(stringifyEntityRef(read.entity));
      addEntity(file, read.entity, workload);
    } else if (read?.ref) {
      file.invalid.push(read.ref);
    } else if (read && !read.problem?.ignored) {
      file.unidentified = true;
    }
    file.problems.push(...(read?.problem ? [read.problem] : []));
  }
  if (
    !file.component &&
    !mainRefs(workload).some(ref => file.invalid.includes(ref))
  ) {
    file.invalid.push(mainRefs(workload)[0]);
    if (!file.unidentified) {
      file.problems.push({
        text: `The file must define a Component or Resource named "${workload}". Add it.`,
      });
    }
  }
  return file;
}

async function readDocuments(
  content: Buffer | OversizedFile,
): Promise<YamlDocument[]> {
  if (Buffer.isBuffer(content) && content.length <= FILE_BYTES.catalog) {
    return readYamlDocuments(content);
  }
  const bytes = Buffer.isBuffer(content) ? content.length : content.bytes;
  return [
    {
      problem: {
        text: `The file ${tooLargeText(
          { bytes },
          FILE_BYTES.catalog,
        )}. Move long definitions into files of their own, and name them with "$text".`,
      },
    },
  ];
}

interface ReadDocument {
  line?: number;
  /** Absent when the document is invalid, or ignored. */
  entity?: Entity;
  problem?: CatalogFileProblem;
  /** Reference of the entity that an invalid document defines. */
  ref?: string;
}

async function readDocument(
  document: YamlDocument,
  options: CatalogFileLocation & { includedFiles: IncludedFiles },
): Promise<ReadDocument | undefined> {
  if ('problem' in document) {
    return { problem: document.problem };
  }
  const { value, lineOf } = document;
  if (value === null) {
    return undefined;
  }
  if (!isObject(value)) {
    return {
      problem: {
        line: lineOf([]),
        text: 'The document must be a mapping with apiVersion, kind, metadata and spec.',
      },
    };
  }
  const { kind } = value;
  if (typeof kind !== 'string' || !WORKLOAD_KINDS.includes(kind)) {
    return { problem: kindProblem(value, lineOf(['kind'])) };
  }
  const name = nameOf(value);
  const failed = (path: string[], text: string): ReadDocument => ({
    problem: { line: lineOf(path), text: `${titleOf(value)}: ${text}` },
    ref: name && `${kind}:default/${name}`.toLowerCase(),
  });
  let entity: Entity;
  try {
    entity = withPathMetadata(
      await replacePlaceholders(value, options.includedFiles),
      options,
    );
  } catch (error) {
    if (error instanceof PlaceholderError) {
      return failed(error.path, error.message);
    }
    throw error;
  }
  const size = treeProblem(entity);
  if (size) {
    return failed([], size);
  }
  const problem =
    (await entityProblem(entity)) ??
    entityLimitProblem(entity) ??
    referenceProblem(entity) ??
    nameProblem(entity, options);
  return problem
    ? failed(problem.path, problem.text)
    : { entity, line: lineOf([]) };
}

function kindProblem(
  document: Record<string, unknown>,
  line: number,
): CatalogFileProblem {
  const { kind } = document;
  if (typeof kind !== 'string') {
    return {
      line,
      text: `kind must be one of ${WORKLOAD_KINDS.join(', ')}.`,
    };
  }
  const meant = WORKLOAD_KINDS.find(
    known => known.toLowerCase() === kind.toLowerCase(),
  );
  return meant
    ? { line, text: `kind must be written ${meant} (got "${kind}").` }
    : {
        line,
        text: `${titleOf(
          document,
        )} is ignored: a workload defines Components, APIs and Resources only. Other kinds belong to the platform.`,
        ignored: true,
      };
}

/** Sets the namespace and the owner, which the path decides, and drops what only the catalog sets. */
function withPathMetadata(
  document: unknown,
  { team }: { team: string },
): Entity {
  const entity = document as Entity;
  const { metadata, spec } = entity;
  if (!isObject(metadata)) {
    return entity;
  }
  const { uid, etag, generation, ...own } = metadata;
  return {
    ...entity,
    metadata: { ...own, namespace: 'default' },
    ...(isObject(spec) && {
      spec: { ...spec, owner: `group:default/${team}` },
    }),
  };
}

function nameProblem(entity: Entity, { workload }: { workload: string }) {
  const { name } = entity.metadata;
  return name === workload || name.startsWith(`${workload}-`)
    ? undefined
    : {
        path: ['metadata', 'name'],
        text: `metadata.name must be "${workload}" or start with "${workload}-".`,
      };
}

/** For example `Component feature-api`. */
function titleOf(document: Record<string, unknown>): string {
  return [document.kind, nameOf(document)]
    .filter(part => typeof part === 'string')
    .map(part => part.slice(0, 100))
    .join(' ');
}

function nameOf({ metadata }: Record<string, unknown>): string | undefined {
  const name = isObject(metadata) ? metadata.name : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** References that the entity of a workload's page can have, the preferred one first. */
export function mainRefs(workload: string): [string, string] {
  return [`component:default/${workload}`, `resource:default/${workload}`];
}

/** Adds an entity; a Component takes the place of a Resource as the one of the workload's page. */
function addEntity(file: CatalogFile, entity: Entity, workload: string) {
  const [component, resource] = mainRefs(workload);
  const ref = stringifyEntityRef(entity);
  if (ref === component || (ref === resource && !file.component)) {
    file.others.push(...(file.component ? [file.component] : []));
    file.component = entity;
  } else {
    file.others.push(entity);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
