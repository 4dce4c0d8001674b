import { hkdfSync, randomBytes } from 'node:crypto';

const BYTES = 32;

/**
 * Derives the key for ETags from a secret that all replicas share. Without one, each replica has a random key, and a
 * response of another replica counts as changed.
 */
export function etagKey(secret: string | undefined): Buffer {
  return secret === undefined
    ? randomBytes(BYTES)
    : Buffer.from(hkdfSync('sha256', secret, '', 'ml-platform etag', BYTES));
}
