import { InputError } from '@backstage/errors';
import { tooLargeText } from './OversizedFile';
import { readLimited } from './readLimited';

/** Reads a text. @throws InputError for a file that is larger than a number of bytes. */
export async function readText(
  file: string,
  maxBytes: number,
): Promise<string> {
  return (await readBytes(file, maxBytes)).toString('utf8');
}

/** Reads a file. @throws InputError for one that is larger than a number of bytes. */
export async function readBytes(
  file: string,
  maxBytes: number,
): Promise<Buffer> {
  const content = await readLimited(file, maxBytes);
  if ('bytes' in content) {
    throw new InputError(
      `The file ${tooLargeText(content, maxBytes)}. Make it smaller.`,
    );
  }
  return content;
}
