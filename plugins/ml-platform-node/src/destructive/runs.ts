import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  type KubernetesObject,
  MANIFEST_BYTES,
  parseManifestFile,
} from '@internal/platform-rules';
import type { DestructiveChange } from '@internal/plugin-ml-platform-common';
import { readText } from '../untrustedFiles';
import { filesBelow } from '../validation/files';

/** Annotations that a run gets when it is archived. */
const OF_THE_ARCHIVE = ['ml-platform.io/outcome', 'ml-platform.io/finished-at'];
const ARCHIVE = 'archive';

interface RunEffect extends Pick<DestructiveChange, 'code' | 'path' | 'text'> {
  environment: string;
}

/**
 * Finds training runs that are changed or deleted although they are frozen, and archived runs that are changed, deleted or
 * applied again.
 *
 * @param directory - `runs/` of the workload, relative to both trees
 */
export async function runEffects(
  trees: { before: string; after: string },
  directory: string,
): Promise<RunEffect[]> {
  const [before, after] = await Promise.all(
    [trees.before, trees.after].map(async root => readRuns(root, directory)),
  );
  return [...before].flatMap(([name, content]) => {
    const [first, ...rest] = name.split('/');
    const isArchived = first === ARCHIVE;
    const environment = isArchived ? rest[0] : first;
    const counterpart = isArchived
      ? rest.join('/')
      : `${ARCHIVE}/${environment}/${rest.join('/')}`;
    const effect = isArchived
      ? archivedEffect(content, after.get(name), after.has(counterpart))
      : wantedEffect(content, after.get(name), after.get(counterpart));
    return effect
      ? [{ ...effect, path: `${directory}/${name}`, environment }]
      : [];
  });
}

function wantedEffect(
  before: RunContent,
  after: RunContent | undefined,
  archived: RunContent | undefined,
): Pick<RunEffect, 'code' | 'text'> | undefined {
  if (after !== undefined) {
    return isSame(before, after)
      ? undefined
      : {
          code: 'run-changed',
          text: 'A run is complete and frozen: its Job cannot be changed, and what ran is no longer what is recorded. Restore the file, and add a new run under another name.',
        };
  }
  if (archived === undefined) {
    return {
      code: 'run-changed',
      text: 'The run is stopped, and deleted with its logs and its record. Move the file to runs/archive instead.',
    };
  }
  return isSame(before, archived)
    ? undefined
    : {
        code: 'archived-run-changed',
        text: 'The run is archived with other content than it had. Move the file unchanged, but for its outcome and the time at which it finished.',
      };
}

function archivedEffect(
  before: RunContent,
  after: RunContent | undefined,
  isWanted: boolean,
): Pick<RunEffect, 'code' | 'text'> | undefined {
  if (isWanted) {
    return {
      code: 'archived-run-changed',
      text: 'An archived run is wanted again, so it runs again under the same name. Add a new run under another name.',
    };
  }
  if (after === undefined) {
    return {
      code: 'archived-run-changed',
      text: 'The record of an archived run is deleted. Keep the file.',
    };
  }
  return isDeepStrictEqual(before, after)
    ? undefined
    : {
        code: 'archived-run-changed',
        text: 'The record of an archived run is changed. Restore the file.',
      };
}

/** Objects of a file, or its text if it cannot be read as such. */
type RunContent = KubernetesObject[] | string;

async function readRuns(
  root: string,
  directory: string,
): Promise<Map<string, RunContent>> {
  const files = await filesBelow(root, directory);
  const contents = await Promise.all(
    files
      .filter(({ symbolicLink }) => !symbolicLink)
      .map(
        async (file): Promise<[string, RunContent]> => [
          path.relative(directory, file.path),
          await readRun(path.join(root, file.path)),
        ],
      ),
  );
  return new Map(contents);
}

async function readRun(file: string): Promise<RunContent> {
  const text = await readText(file, MANIFEST_BYTES).catch(
    (error: Error) => error.message,
  );
  try {
    return parseManifestFile(text);
  } catch {
    return text;
  }
}

function isSame(before: RunContent, after: RunContent): boolean {
  const [was, becomes] = [before, after].map(content =>
    typeof content === 'string' ? content : content.map(withoutArchive),
  );
  return isDeepStrictEqual(was, becomes);
}

function withoutArchive(object: KubernetesObject): unknown {
  const annotations = Object.entries(object.metadata.annotations ?? {}).filter(
    ([name]) => !OF_THE_ARCHIVE.includes(name),
  );
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: Object.fromEntries(annotations),
    },
  };
}
