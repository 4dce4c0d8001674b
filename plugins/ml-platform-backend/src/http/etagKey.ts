import { hkdfSync, randomBytes } from 'node:crypto';

const BYTES = 32;

/**
 * The key that ETags are made with. From a secret that all replicas have, so that they agree; without one each has its
 * own, and an answer of another replica counts as changed.
 */
export function etagKey(secret: string | undefined): Buffer {
  return secret === undefined
    ? randomBytes(BYTES)
    : Buffer.from(hkdfSync('sha256', secret, '', 'ml-platform etag', BYTES));
}
