import type { ClusterConnection } from '../ClusterConnection';
import { listPath, type ObjectTypeDefinition } from '../objectTypes';
import { expectSuccess, statusError } from './responseErrors';
import { Lines } from './Lines';
import { EventLoopSlice } from '../../async/EventLoopSlice';
import { withIdleTimeout } from './withIdleTimeout';

/** Watch event of the API server. The object of a BOOKMARK has only a resource version; that of an ERROR is a Status. */
export interface WatchEvent {
  type: string;
  object?: {
    code?: number;
    metadata?: { name?: string; namespace?: string; resourceVersion?: string };
  };
}

/**
 * Watches a type from a resource version on, until the server ends the watch after the requested duration.
 *
 * @throws ExpiredError when the version is too old; NotInstalledError; UpstreamError, also for an idle or broken connection.
 */
export async function watchEvents(options: {
  connection: ClusterConnection;
  type: ObjectTypeDefinition;
  version: string;
  responseTimeoutMs: number;
  idleTimeoutMs: number;
  seconds: number;
  stop: AbortSignal;
  onEvent: (event: WatchEvent) => void;
  /** Called when the server accepts the watch, and with every chunk that arrives. */
  onActivity: () => void;
}): Promise<void> {
  const { connection, type, responseTimeoutMs, stop } = options;
  const query = new URLSearchParams({
    watch: '1',
    allowWatchBookmarks: 'true',
    resourceVersion: options.version,
    timeoutSeconds: String(Math.ceil(options.seconds)),
  });
  if (type.fieldSelector) {
    query.set('fieldSelector', type.fieldSelector);
  }
  const slice = new EventLoopSlice();
  const lines = new Lines(line => {
    const event = JSON.parse(line) as WatchEvent;
    if (event.type === 'ERROR') {
      throw statusError(event.object?.code ?? 500, type);
    }
    options.onEvent(event);
  });
  await withIdleTimeout(
    { idleTimeoutMs: responseTimeoutMs, stop },
    async (signal, touch) => {
      const path = listPath(type, undefined);
      const response = await connection.open(path, { query, signal });
      expectSuccess(response, type);
      touch(options.idleTimeoutMs);
      options.onActivity();
      for await (const chunk of response as AsyncIterable<Buffer>) {
        touch();
        options.onActivity();
        lines.write(chunk);
        await slice.next();
      }
    },
  );
}
