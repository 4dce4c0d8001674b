import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import {
  appliedFiles,
  type DirectoryOptions,
  expandedYaml,
  isOutOfMemory,
  kustomizeCommand,
  SKIP_MARKER,
  sourceTypeOf,
} from '@internal/platform-rules';
import {
  type Draft,
  field,
  isFields,
  items,
} from '../kubernetes/KubernetesObject';
import { goDuration } from '../controllers/goDuration';
import { inputsOf } from './buildInputs';
import type { Snapshot } from './Snapshot';

/** Default of Argo CD's `ARGOCD_EXEC_TIMEOUT`. */
const BUILD_TIMEOUT_MS = 90_000;
const OUTPUT_LIMIT = 32 * 1024 * 1024;

export interface Manifests {
  objects: Draft[];
  sourceType: 'Kustomize' | 'Directory';
}

/** Thrown when a build did not end by itself. Its result says nothing about the files, so that it is not kept. */
export class InterruptedBuildError extends Error {
  name = 'InterruptedBuildError';
}

/**
 * Builds the objects of a directory as Argo CD's repo server does: with Kustomize if there is a kustomization, or from
 * its YAML files without those of subdirectories.
 *
 * @param options.directory - `spec.source.directory`: the source is a directory of files, whatever they are called
 * @throws Error with Argo CD's message, or InterruptedBuildError.
 */
export async function buildManifests(
  snapshot: Snapshot,
  path: string,
  options: { directory?: DirectoryOptions; timeoutMs?: number } = {},
): Promise<Manifests> {
  const { timeoutMs = BUILD_TIMEOUT_MS } = options;
  if (!snapshot.trees.has(path)) {
    throw new Error(`${path}: app path does not exist`);
  }
  const directory = join(snapshot.directory, path);
  const entries = await readdir(directory, { withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(({ name }) => name);
  const sourceType = options.directory ? 'Directory' : sourceTypeOf(files);
  if (sourceType === 'Helm') {
    throw new Error(`${path}: the sandbox builds no Helm charts`);
  }
  if (sourceType === 'Kustomize') {
    return {
      objects: parseObjects(await kustomize(snapshot, path, timeoutMs)),
      sourceType,
    };
  }
  const objects: Draft[] = [];
  for (const name of appliedFiles(files, options.directory)) {
    const content = await readFile(join(directory, name), 'utf8');
    if (!content.includes(SKIP_MARKER)) {
      objects.push(...parseFile(name, content));
    }
  }
  return { objects, sourceType };
}

async function kustomize(
  snapshot: Snapshot,
  path: string,
  timeoutMs: number,
): Promise<string> {
  const command = `\`kustomize build <path to cached source>/${path}\``;
  await refuseExpansion(snapshot, path);
  try {
    const { stdout } = await promisify(execFile)(
      ...kustomizeCommand(join(snapshot.directory, path)),
      // No home, kubeconfig or proxy: a build depends on the files of the checkout alone.
      {
        env: { PATH: process.env.PATH, HOME: snapshot.directory },
        maxBuffer: OUTPUT_LIMIT,
        timeout: timeoutMs,
      },
    );
    return stdout;
  } catch (error) {
    if (isFields(error) && error.code === null) {
      const cause = error.killed
        ? `timeout after ${goDuration(timeoutMs)}`
        : `signal: ${error.signal}`;
      throw new InterruptedBuildError(`${command} failed ${cause}`);
    }
    const stderr = isFields(error) ? String(error.stderr ?? '') : '';
    const redacted = stderr
      .trim()
      .split(snapshot.directory)
      .join('<path to cached source>');
    const status = isFields(error) ? error.code : 1;
    throw new Error(
      `${command} failed exit status ${status}: ${
        isOutOfMemory(redacted)
          ? redacted.split('\n', 1)[0]
          : kustomizeMessage(redacted)
      }`,
    );
  }
}

/** Refuses aliases that multiply, for which Argo CD's repo server would be killed. */
async function refuseExpansion(snapshot: Snapshot, path: string) {
  for (const entry of (await inputsOf(snapshot, path)).keys()) {
    if (snapshot.files.has(entry)) {
      const file = join(snapshot.directory, entry);
      const expanded = expandedYaml(await readFile(file, 'utf8'));
      // Other problems are Kustomize's to name: it may read the file as data.
      if (
        'problem' in expanded &&
        expanded.problem.code === 'yaml-expanded-size'
      ) {
        throw new Error(`${entry}: ${expanded.problem.advice}`);
      }
    }
  }
}

/** Extracts the message of kustomize, which kubectl prefixes with "error:" or wraps in a log line of one or more lines. */
function kustomizeMessage(stderr: string): string {
  const [, quoted, lines] =
    /^E\d{4} .*? err=(?:(".*")|<\n(.*)\n\s*>)$/s.exec(stderr) ?? [];
  if (lines !== undefined) {
    return `Error: ${lines.replace(/^\t/gm, '')}`;
  }
  return quoted
    ? `Error: ${JSON.parse(quoted)}`
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
