import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import {
  readPlatformFiles,
  renderPlatform,
} from '@internal/plugin-ml-platform-node/plan';
import { Layout } from '@internal/plugin-ml-platform-node/validation';

/**
 * Writes what is rendered from the plan, and deletes what an earlier plan rendered.
 *
 * @returns changed paths, relative to the repository's root
 * @throws InputError if the plan has problems; nothing is written then
 */
export async function writeRendered(options: {
  repository: string;
  rootDirectory: string;
  install?: boolean;
}): Promise<{ written: string[]; deleted: string[] }> {
  const { repository, install } = options;
  const { rootDirectory } = Layout.at(options.rootDirectory);
  const files = await readPlatformFiles(repository, rootDirectory);
  const rendered = renderPlatform(files, { install });
  if (rendered.problems.length > 0) {
    throw new InputError(
      ['The plan is not valid. Nothing was written.']
        .concat(
          rendered.problems.map(
            ({ path: file, line, text }) => `${file}:${line}: ${text}`,
          ),
        )
        .join('\n'),
    );
  }
  const written = [...rendered.files].filter(
    ([file, content]) => files.read(file) !== content,
  );
  for (const [file, content] of written) {
    const target = path.join(repository, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  for (const file of rendered.leftOver) {
    await rm(path.join(repository, file));
  }
  return {
    written: written.map(([file]) => file),
    deleted: rendered.leftOver,
  };
}
