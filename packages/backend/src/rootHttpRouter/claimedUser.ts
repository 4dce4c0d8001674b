import type { IncomingMessage } from 'node:http';

/**
 * Reads whose token a request carries. Nothing is verified: a false token claims what it likes and is rejected by the
 * plugin, so that this is for counting only. Undefined without a token, and for tokens of plugins.
 */
export function claimedUser({ headers }: IncomingMessage): string | undefined {
  const token =
    /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ??
    headers['sec-websocket-protocol'];
  const payload = token?.split('.')[1];
  if (payload === undefined) {
    return undefined;
  }
  try {
    const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return typeof sub === 'string' && sub.startsWith('user:') ? sub : undefined;
  } catch {
    return undefined;
  }
}
