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

/** What came of building an Application's directory at a commit. */
export interface Build {
  commit: string;
  /** Equal for equal content. */
  inputs: string;
  /** Absent when it could not be built. */
  manifests?: Manifests;
  /** Argo CD's text for why not. */
  error?: string;
}

/** The text of Argo CD for manifests that cannot be made. */
export class BuildError extends Error {
  name = 'BuildError';
}

/**
 * A key that is equal as long as nothing that a directory builds from has changed: the tree ids of the directory and of
 * every directory that its kustomizations include.
 */
export async function inputsOf(
  snapshot: Snapshot,
  path: string,
): Promise<string> {
  const seen = new Set<string>();
  const visit = async (directory: string): Promise<void> => {
    if (seen.has(directory) || !snapshot.trees.has(directory)) {
      return;
    }
    seen.add(directory);
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
  return [...seen]
    .sort()
    .map(directory => `${directory}@${snapshot.trees.get(directory)}`)
    .join(' ');
}

/**
 * The objects of a directory, as Argo CD's repo server would make them: by Kustomize where there is a kustomization, else
 * from its YAML files, not those of its subdirectories.
 *
 * @throws BuildError
 */
export async function buildManifests(
  snapshot: Snapshot,
  path: string,
): Promise<Manifests> {
  if (!snapshot.trees.has(path)) {
    throw new BuildError(`${path}: app path does not exist`);
  }
  const directory = join(snapshot.directory, path);
  try {
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
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new BuildError(message);
  }
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
      // No home, no kubeconfig, no proxy: a build reads files of the checkout and nothing else.
      {
        env: { PATH: process.env.PATH, HOME: snapshot.directory },
        maxBuffer: OUTPUT_LIMIT,
        timeout: 60_000,
      },
    );
    return stdout;
  } catch (error) {
    const stderr = isFields(error) ? String(error.stderr ?? '') : '';
    const hidden = stderr
      .trim()
      .split(snapshot.directory)
      .join('<path to cached source>');
    const detail = kustomizeText(hidden);
    throw new Error(
      `\`kustomize build <path to cached source>/${path}\` failed exit status 1: ${detail}`,
    );
  }
}

/** What kustomize itself would say: kubectl puts "error:" or a whole log line around it. */
function kustomizeText(stderr: string): string {
  const logged = /^E\d{4} .*? err=(".*")$/s.exec(stderr)?.[1];
  return logged
    ? `Error: ${JSON.parse(logged)}`
    : stderr.replace(/^error:/, 'Error:');
}

function parseFile(name: string, content: string): Draft[] {
  try {
    return parseObjects(content);
  } catch (error) {
    const why =
      error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Error(`Failed to unmarshal "${name}": ${why}`);
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
