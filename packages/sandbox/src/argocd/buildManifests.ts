import { execFile } from 'node:child_process';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { promisify } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';
import {
  type Draft,
  field,
  isFields,
  items,
} from '../kubernetes/KubernetesObject';
import type { Snapshot } from './Snapshot';

const KUSTOMIZATION_FILES = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];
const OUTPUT_LIMIT = 32 * 1024 * 1024;

export interface Manifests {
  objects: Draft[];
  sourceType: 'Kustomize' | 'Directory';
}

/** Result of building the directory of an Application at a commit. */
export interface Build {
  commit: string;
  /** Key of everything that the build depends on; see {@link inputsOf}. */
  inputs: string;
  /** Undefined when the build failed. */
  manifests?: Manifests;
  /** Argo CD's message when the build failed. */
  error?: string;
}

/**
 * Computes a key of everything that a build depends on: the tree ids of the directory and of all directories that its
 * kustomizations include.
 */
export async function inputsOf(
  snapshot: Snapshot,
  path: string,
): Promise<string> {
  const visited = new Set<string>();
  const visit = async (directory: string): Promise<void> => {
    if (visited.has(directory) || !snapshot.trees.has(directory)) {
      return;
    }
    visited.add(directory);
    const kustomization = await readKustomization(snapshot, directory).catch(
      () => undefined,
    );
    const included = ['resources', 'components', 'bases'].flatMap(name => {
      const value = field(kustomization, name);
      return Array.isArray(value) ? value.map(String) : [];
    });
    await Promise.all(
      included.map(entry => visit(posix.join(directory, entry))),
    );
  };
  await visit(path);
  return [...visited]
    .sort()
    .map(directory => `${directory}@${snapshot.trees.get(directory)}`)
    .join(' ');
}

/**
 * Builds the objects of a directory as Argo CD's repo server does: with Kustomize if there is a kustomization, or from
 * its YAML files without those of subdirectories.
 *
 * @throws Error with Argo CD's message.
 */
export async function buildManifests(
  snapshot: Snapshot,
  path: string,
): Promise<Manifests> {
  if (!snapshot.trees.has(path)) {
    throw new Error(`${path}: app path does not exist`);
  }
  const directory = join(snapshot.directory, path);
  const files = await readdir(directory);
  if (files.some(name => KUSTOMIZATION_FILES.includes(name))) {
    return {
      objects: parseObjects(await kustomize(snapshot, path)),
      sourceType: 'Kustomize',
    };
  }
  const objects: Draft[] = [];
  for (const name of files
    .filter(file => /\.(ya?ml|json)$/.test(file))
    .sort()) {
    const file = join(directory, name);
    if ((await lstat(file)).isFile()) {
      objects.push(...parseFile(name, await readFile(file, 'utf8')));
    }
  }
  return { objects, sourceType: 'Directory' };
}

async function readKustomization(
  snapshot: Snapshot,
  path: string,
): Promise<unknown> {
  for (const name of KUSTOMIZATION_FILES) {
    const content = await readFile(
      join(snapshot.directory, path, name),
      'utf8',
    ).catch(() => undefined);
    if (content !== undefined) {
      return parse(content);
    }
  }
  return undefined;
}

async function kustomize(snapshot: Snapshot, path: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(
      'kubectl',
      [
        'kustomize',
        '--load-restrictor',
        'LoadRestrictionsRootOnly',
        join(snapshot.directory, path),
      ],
      // No home, kubeconfig or proxy: a build depends on the files of the checkout alone.
      {
        env: { PATH: process.env.PATH, HOME: snapshot.directory },
        maxBuffer: OUTPUT_LIMIT,
        timeout: 60_000,
      },
    );
    return stdout;
  } catch (error) {
    const stderr = isFields(error) ? String(error.stderr ?? '') : '';
    const redacted = stderr
      .trim()
      .split(snapshot.directory)
      .join('<path to cached source>');
    const detail = kustomizeMessage(redacted);
    throw new Error(
      `\`kustomize build <path to cached source>/${path}\` failed exit status 1: ${detail}`,
    );
  }
}

/** Extracts the message of kustomize, which kubectl prefixes with "error:" or wraps in a log line. */
function kustomizeMessage(stderr: string): string {
  const logged = /^E\d{4} .*? err=(".*")$/s.exec(stderr)?.[1];
  return logged
    ? `Error: ${JSON.parse(logged)}`
    : stderr.replace(/^error:/, 'Error:');
}

function parseFile(name: string, content: string): Draft[] {
  try {
    return parseObjects(content);
  } catch (error) {
    const message =
      error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Error(`Failed to unmarshal "${name}": ${message}`);
  }
}

function parseObjects(content: string): Draft[] {
  return parseAllDocuments(content)
    .map(document => {
      if (document.errors.length > 0) {
        throw document.errors[0];
      }
      return document.toJS({ maxAliasCount: 100 }) as unknown;
    })
    .filter(value => value !== null)
    .flatMap(value =>
      field(value, 'kind') === 'List' ? items(value, 'items') : [value],
    )
    .map(value => {
      if (
        !isFields(value) ||
        !['apiVersion', 'kind', 'metadata.name'].every(
          path => typeof field(value, path) === 'string',
        )
      ) {
        throw new Error('an object needs apiVersion, kind and metadata.name');
      }
      return value as Draft;
    });
}
