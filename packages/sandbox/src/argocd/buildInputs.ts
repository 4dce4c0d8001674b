import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { KUSTOMIZATION_FILES } from '@internal/platform-rules';
import type { Snapshot } from './Snapshot';

/** Computes a key of everything that a build depends on; see {@link inputsOf}. */
export async function buildInputs(
  snapshot: Snapshot,
  path: string,
): Promise<string> {
  return [...(await inputsOf(snapshot, path))]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([entry, id]) => `${entry}@${id}`)
    .join(' ');
}

/**
 * Lists the ids of the directory, and of all directories and files that its kustomizations name. Any text in a
 * kustomization that is a path of the repository counts, in whatever field: resources, components, generators,
 * transformers, validators, configurations, patches, replacements and others.
 */
export async function inputsOf(
  snapshot: Snapshot,
  path: string,
): Promise<Map<string, string>> {
  const inputs = new Map<string, string>();
  const visit = async (entry: string): Promise<void> => {
    const id = snapshot.trees.get(entry) ?? snapshot.files.get(entry);
    if (id === undefined || inputs.has(entry)) {
      return;
    }
    inputs.set(entry, id);
    if (snapshot.trees.has(entry)) {
      const named = await pathsInKustomization(snapshot, entry);
      await Promise.all(named.map(visit));
    }
  };
  await visit(path);
  return inputs;
}

/** Lists the texts of a directory's kustomization as paths from the root of the repository. */
async function pathsInKustomization(
  snapshot: Snapshot,
  directory: string,
): Promise<string[]> {
  for (const name of KUSTOMIZATION_FILES) {
    const content = await readFile(
      join(snapshot.directory, directory, name),
      'utf8',
    ).catch(() => undefined);
    if (content !== undefined) {
      return textsOf(parseDocuments(content))
        .flatMap(text => [text, text.slice(text.indexOf('=') + 1)])
        .map(text => posix.join(directory, text).replace(/\/$/, ''));
    }
  }
  return [];
}

/** Parses as much as possible: a kustomization that cannot be parsed fails its build. */
function parseDocuments(content: string): unknown {
  return parseAllDocuments(content).map(document => {
    try {
      return document.toJS({ maxAliasCount: 100 }) as unknown;
    } catch {
      return undefined;
    }
  });
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(textsOf)
    : [];
}
