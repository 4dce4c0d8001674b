import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  CHECKOUT_LIMITS,
  FILE_BYTES,
  type OversizedFile,
  tooLargeText,
} from '../untrustedFiles';
import type { BlobStore } from './BlobStore';
import type { GitCommand } from './GitCommand';
import { treeEntries } from './treeEntries';

interface ReadFilesOptions {
  git: GitCommand;
  blobs: BlobStore;
  commit: string;
  paths: string[];
}

/** See `PlatformRepository.readLimited`. */
export async function readLimitedFiles({
  git,
  blobs,
  commit,
  paths,
  maxBytes,
  maxTotalBytes = Infinity,
}: ReadFilesOptions & { maxBytes: number; maxTotalBytes?: number }): Promise<
  Map<string, Buffer | OversizedFile>
> {
  const wanted = new Set(paths);
  const entries = (await treeEntries(git, commit, paths)).filter(
    entry => wanted.has(entry.path) && !entry.symbolicLink,
  );
  const sizes = await blobs.sizes(entries.map(({ id }) => id));
  const total = entries.reduce((sum, { id }) => sum + (sizes.get(id) ?? 0), 0);
  if (total > maxTotalBytes) {
    throw new ConflictError(
      `${entries.length} files in the platform repository have ${total} bytes together; the limit is ${maxTotalBytes}. Make them smaller first.`,
    );
  }
  const contents = await blobs.read(
    [...sizes].filter(([, size]) => size <= maxBytes).map(([id]) => id),
  );
  return new Map(
    entries.map(({ path: file, id }) => [
      file,
      contents.get(id) ?? { bytes: sizes.get(id) ?? 0 },
    ]),
  );
}

/** See `PlatformRepository.read`. */
export async function readFiles(
  options: ReadFilesOptions,
): Promise<Map<string, Buffer>> {
  const files = await readLimitedFiles({
    ...options,
    maxBytes: FILE_BYTES.other,
    maxTotalBytes: CHECKOUT_LIMITS.bytes,
  });
  const contents = new Map<string, Buffer>();
  for (const [file, content] of files) {
    if (!Buffer.isBuffer(content)) {
      throw tooLarge(file, content.bytes);
    }
    contents.set(file, content);
  }
  return contents;
}

/** See `PlatformRepository.checkout`. */
export async function checkoutFiles({
  git,
  blobs,
  commit,
  paths,
  targetDirectory,
}: ReadFilesOptions & { targetDirectory: string }): Promise<void> {
  const entries = await treeEntries(git, commit, paths);
  const link = entries.find(entry => entry.symbolicLink);
  if (link) {
    throw new ConflictError(
      `${link.path} in the platform repository is a symbolic link, which is not allowed. Replace it with a file first.`,
    );
  }
  if (entries.length > CHECKOUT_LIMITS.files) {
    throw new ConflictError(
      `${paths.join(', ')} in the platform repository have ${
        entries.length
      } files together; the limit is ${
        CHECKOUT_LIMITS.files
      }. Remove some first.`,
    );
  }
  const sizes = await blobs.sizes(entries.map(({ id }) => id));
  let bytes = 0;
  for (const { id, path: file } of entries) {
    const size = sizes.get(id) ?? 0;
    bytes += size;
    if (size > FILE_BYTES.other) {
      throw tooLarge(file, size);
    }
    if (bytes > CHECKOUT_LIMITS.bytes) {
      throw new ConflictError(
        `${paths.join(', ')} in the platform repository have more than ${
          CHECKOUT_LIMITS.bytes
        } bytes together. Make them smaller first.`,
      );
    }
  }
  const contents = await blobs.read([...sizes.keys()]);
  for (const { path: file, id, executable } of entries) {
    const target = resolveSafeChildPath(targetDirectory, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, contents.get(id) ?? '');
    if (executable) {
      await chmod(target, 0o755);
    }
  }
}

function tooLarge(file: string, bytes: number): ConflictError {
  return new ConflictError(
    `${file} in the platform repository ${tooLargeText(
      { bytes },
      FILE_BYTES.other,
    )}. Make it smaller first.`,
  );
}
