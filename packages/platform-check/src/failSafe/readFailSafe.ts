import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  BlockedImagesFile,
  type Layout,
  readExceptions,
} from '@internal/plugin-ml-platform-node/validation';
import { directoriesIn } from '../directoriesIn';

interface FailSafeFiles extends Awaited<ReturnType<typeof readExceptions>> {
  /** The parameter object as it is written. */
  text: string;
  file: BlockedImagesFile;
}

/** Reads the parameter object of the policy `fail-safe`, and the exceptions of all teams. @returns undefined without the object */
export async function readFailSafe(
  repository: string,
  layout: Layout,
): Promise<FailSafeFiles | undefined> {
  const text = await readFile(
    path.join(repository, layout.blockedImages),
    'utf8',
  ).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  });
  if (text === undefined) {
    return undefined;
  }
  const teams = await directoriesIn(path.join(repository, layout.tenants));
  return {
    text,
    file: new BlockedImagesFile(text),
    ...(await readExceptions(repository, layout.exceptions, teams)),
  };
}
