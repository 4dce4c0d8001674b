import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import { toUpstreamProblem, withoutAddresses } from '../lastKnown';
import type { ClusterConnection } from './ClusterConnection';
import type { ClusterStore } from './ClusterStore';
import { logPath } from './objectTypes';

const MAX_LOG_BYTES = 1024 * 1024;

const statusSchema = z.object({ message: z.string() });

/** See `ClusterStore.podLogs`. */
export async function readPodLogs(
  cluster: { connection: ClusterConnection; source: string },
  options: Parameters<ClusterStore['podLogs']>[0] & { timeoutMs: number },
): Promise<string> {
  const { connection, source } = cluster;
  const query = new URLSearchParams({
    tailLines: String(options.tailLines),
    previous: String(options.previous),
  });
  if (options.container) {
    query.set('container', options.container);
  }
  const path = logPath(options.namespace, options.pod);
  const { status, body } = await connection
    .get(path, {
      query,
      signal: AbortSignal.timeout(options.timeoutMs),
      keepLast: MAX_LOG_BYTES,
    })
    .catch(error => {
      throw new ServiceUnavailableError(
        toUpstreamProblem(source, error).message,
      );
    });
  switch (status) {
    case 200:
      return wholeLines(body);
    case 204:
      // No node has the pod yet: nothing can have been written.
      return '';
    case 400:
      throw new InputError(statusMessage(body));
    case 404:
      throw new NotFoundError('There is no such pod');
    default:
      throw new ServiceUnavailableError(
        `${source} could not read this log. Try again in a moment.`,
      );
  }
}

/** A log that was cut starts in the middle of a line, perhaps of a character. */
function wholeLines(body: Buffer): string {
  const text = body.toString('utf8');
  return body.length < MAX_LOG_BYTES
    ? text
    : text.slice(text.indexOf('\n') + 1);
}

/** Kubernetes says here what the container waits for. */
function statusMessage(body: Buffer): string {
  try {
    return withoutAddresses(
      statusSchema.parse(JSON.parse(body.toString('utf8'))).message,
    );
  } catch {
    return 'Kubernetes cannot show this log.';
  }
}
