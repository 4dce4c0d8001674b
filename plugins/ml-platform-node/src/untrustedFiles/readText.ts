import { InputError } from '@backstage/errors';
import { tooLargeText } from './OversizedFile';
import { readLimited } from './readLimited';

/** Reads a text. @throws InputError for a file that is larger than a number of bytes. */
export async function readText(
  file: string,
  maxBytes: number,
): Promise<string> {
  const content = await readLimited(file, maxBytes);
  if ('bytes' in content) {
    throw new InputError(
      `The file ${tooLargeText(content, maxBytes)}. Make it smaller.`,
    );
  }
  return content.toString('utf8');
}
