import { readFile, stat } from 'node:fs/promises';
import type { OversizedFile } from './OversizedFile';

/** Reads a file unless it is larger than a number of bytes. */
export async function readLimited(
  file: string,
  maxBytes: number,
): Promise<Buffer | OversizedFile> {
  const { size } = await stat(file);
  return size > maxBytes ? { bytes: size } : readFile(file);
}
