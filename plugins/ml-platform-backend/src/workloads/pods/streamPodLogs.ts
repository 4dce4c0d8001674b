import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** More than a person reads; then they follow again, from where they are. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Sends a log as it is written. A reader who is too slow slows the cluster's sending; one who goes away ends it, and
 * so does the limit.
 */
export async function streamPodLogs(
  log: Readable,
  response: Response,
): Promise<void> {
  response.status(200).set({
    'Content-Type': 'text/plain; charset=utf-8',
    // Neither kept nor compressed: compression would hold lines back.
    'Cache-Control': 'private, no-store, no-transform',
    'X-Content-Type-Options': 'nosniff',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  // Who follows sees that it ended, in either way; there is nobody to tell more.
  await pipeline(log, limit(MAX_BYTES), response).catch(() => {});
}

function limit(bytes: number): Transform {
  let left = bytes;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      if (left <= 0) {
        done(new Error('The log is longer than one answer may be'));
        return;
      }
      left -= chunk.length;
      done(null, chunk);
    },
  });
}
