import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Maximum bytes per response. Clients reconnect to continue. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Streams a log to a response as it is written, with backpressure. Ends when the log ends, the client disconnects or
 * the size limit is reached.
 */
export async function streamPodLogs(
  log: Readable,
  response: Response,
): Promise<void> {
  response.status(200).set({
    'Content-Type': 'text/plain; charset=utf-8',
    // No compression: it would buffer lines.
    'Cache-Control': 'private, no-store, no-transform',
    'X-Content-Type-Options': 'nosniff',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  // The client sees the end of the stream; after the headers no error can be sent.
  await pipeline(log, limitBytes(MAX_BYTES), response).catch(() => {});
}

function limitBytes(maxBytes: number): Transform {
  let bytesLeft = maxBytes;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      if (bytesLeft <= 0) {
        done(new Error('The log exceeds the maximum response size'));
        return;
      }
      bytesLeft -= chunk.length;
      done(null, chunk);
    },
  });
}
