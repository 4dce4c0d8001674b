/** A file that is larger than its limit and therefore not read. */
export interface OversizedFile {
  bytes: number;
}

/** For example `has 300003 bytes; the limit is 262144`. */
export function tooLargeText({ bytes }: OversizedFile, limit: number): string {
  return `has ${bytes} bytes; the limit is ${limit}`;
}
