import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import {
  toUpstreamProblem,
  UpstreamError,
  redactAddresses,
} from '../upstream';
import type { ClusterConnection } from './ClusterConnection';
import type { ClusterStore, PodLogSource } from './ClusterStore';
import { logPath } from './objectTypes';

const MAX_LOG_BYTES = 1024 * 1024;

const statusSchema = z.object({ message: z.string() });

interface Cluster {
  connection: ClusterConnection;
  source: string;
}

/** See `ClusterStore.podLogs`. */
export async function readPodLogs(
  { connection, source }: Cluster,
  options: Parameters<ClusterStore['podLogs']>[0] & { timeoutMs: number },
): Promise<string> {
  const { status, body } = await connection
    .get(logPath(options.namespace, options.pod), {
      query: logQuery(options, { previous: String(options.previous) }),
      signal: AbortSignal.timeout(options.timeoutMs),
      keepLast: MAX_LOG_BYTES,
    })
    .catch(error => {
      throw unavailable(source, error);
    });
  switch (status) {
    case 200:
      return wholeLines(body);
    case 204:
      // No node has the pod yet: nothing can have been written.
      return '';
    default:
      throw refusal(source, status, body);
  }
}

/** See `ClusterStore.followPodLogs`. */
export async function followPodLogs(
  { connection, source }: Cluster,
  options: Parameters<ClusterStore['followPodLogs']>[0] & { timeoutMs: number },
): Promise<Readable> {
  // Only until the answer begins: a log may be quiet for hours.
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), options.timeoutMs);
  const response = await connection
    .open(logPath(options.namespace, options.pod), {
      query: logQuery(options, {
        follow: 'true',
        ...(options.sinceSeconds !== undefined && {
          sinceSeconds: String(options.sinceSeconds),
        }),
      }),
      signal: AbortSignal.any([options.signal, impatience.signal]),
    })
    .catch(error => {
      throw unavailable(source, error);
    })
    .finally(() => clearTimeout(timer));
  const { statusCode: status = 0 } = response;
  if (status === 200 || status === 204) {
    return response;
  }
  const body = await buffer(response).catch(() => Buffer.alloc(0));
  throw refusal(source, status, body);
}

function logQuery(
  { container, tailLines }: PodLogSource,
  more: Record<string, string>,
): URLSearchParams {
  return new URLSearchParams({
    tailLines: String(tailLines),
    ...more,
    ...(container && { container }),
  });
}

function unavailable(source: string, error: unknown): Error {
  return new ServiceUnavailableError(toUpstreamProblem(source, error).message);
}

function refusal(source: string, status: number, body: Buffer): Error {
  switch (status) {
    case 400:
      return new InputError(statusMessage(body));
    case 404:
      return new NotFoundError('There is no such pod');
    case 401:
    case 403:
      return unavailable(source, UpstreamError.fromStatus(status));
    default:
      return new ServiceUnavailableError(
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
    return redactAddresses(
      statusSchema.parse(JSON.parse(body.toString('utf8'))).message,
    );
  } catch {
    return 'Kubernetes cannot show this log.';
  }
}
