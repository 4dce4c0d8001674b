import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import { toUpstreamProblem, UpstreamError, redactAddresses } from '../upstream';
import type { ClusterConnection } from './ClusterConnection';
import type { ClusterStore, PodLogSource } from './ClusterStore';
import { logPath } from './objectTypes';

const MAX_LOG_BYTES = 1024 * 1024;

const statusSchema = z.object({ message: z.string() });

interface LogSourceCluster {
  connection: ClusterConnection;
  source: string;
}

/** See `ClusterStore.podLogs`. */
export async function readPodLogs(
  { connection, source }: LogSourceCluster,
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
      // The pod has no node yet, so it has no log.
      return '';
    default:
      throw logError(source, status, body);
  }
}

/** See `ClusterStore.followPodLogs`. */
export async function followPodLogs(
  { connection, source }: LogSourceCluster,
  options: Parameters<ClusterStore['followPodLogs']>[0] & { timeoutMs: number },
): Promise<Readable> {
  // Limits the wait for the headers only: a log can be silent for hours.
  const responseTimeout = new AbortController();
  const timer = setTimeout(() => responseTimeout.abort(), options.timeoutMs);
  const response = await connection
    .open(logPath(options.namespace, options.pod), {
      query: logQuery(options, {
        follow: 'true',
        ...(options.sinceSeconds !== undefined && {
          sinceSeconds: String(options.sinceSeconds),
        }),
      }),
      signal: AbortSignal.any([options.signal, responseTimeout.signal]),
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
  throw logError(source, status, body);
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

function logError(source: string, status: number, body: Buffer): Error {
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

/** Drops the first line of a truncated log: the cut may be in the middle of a character. */
function wholeLines(body: Buffer): string {
  const text = body.toString('utf8');
  return body.length < MAX_LOG_BYTES
    ? text
    : text.slice(text.indexOf('\n') + 1);
}

/** The message of Kubernetes' Status object, which says what the container waits for. */
function statusMessage(body: Buffer): string {
  try {
    return redactAddresses(
      statusSchema.parse(JSON.parse(body.toString('utf8'))).message,
    );
  } catch {
    return 'Kubernetes cannot show this log.';
  }
}
