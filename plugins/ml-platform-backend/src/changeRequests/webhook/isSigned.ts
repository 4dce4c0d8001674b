import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether the forge made the signature: HMAC-SHA256 of the body as it came, in lower-case hexadecimal, as Gitea sends it in
 * `X-Gitea-Signature`.
 *
 * @param secret - without one nothing is signed.
 */
export function isSigned(
  body: Buffer,
  signature: string | undefined,
  secret: string | undefined,
): boolean {
  if (!secret || !signature || !/^[0-9a-f]{64}$/.test(signature)) {
    return false;
  }
  return timingSafeEqual(
    Buffer.from(signature, 'hex'),
    createHmac('sha256', secret).update(body).digest(),
  );
}
