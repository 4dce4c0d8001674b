import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Checks the signature of a webhook: HMAC-SHA256 of the raw body in lower-case hexadecimal, as Gitea sends it in
 * `X-Gitea-Signature`.
 *
 * @param secret - without a secret, no signature is valid.
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
