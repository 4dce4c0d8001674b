import type { ClusterConnection } from '../ClusterConnection';
import { listPath, type ObjectTypeDefinition } from '../objectTypes';
import { expectSuccess, failure } from './answers';
import { Lines } from './Lines';
import { EventLoopSlice } from './EventLoopSlice';
import { withIdleTimeout } from './withIdleTimeout';

/** As the API server sends it; the object of a BOOKMARK has nothing but a version, that of an ERROR is a Status. */
export interface WatchEvent {
  type: string;
  object?: {
    code?: number;
    metadata?: { name?: string; namespace?: string; resourceVersion?: string };
  };
}

/**
 * Reads events from a version on until the server ends the watch, as it does when its time is up.
 *
 * @throws ExpiredError when the version is too old; NotInstalledError; UpstreamError, silence and broken connections
 * included.
 */
export async function watchEvents(options: {
  connection: ClusterConnection;
  type: ObjectTypeDefinition;
  version: string;
  answerMs: number;
  silenceMs: number;
  seconds: number;
  stop: AbortSignal;
  onEvent: (event: WatchEvent) => void;
  /** The server accepted the watch, or something arrived. */
  onAlive: () => void;
}): Promise<void> {
  const { connection, type, answerMs, stop } = options;
  const query = new URLSearchParams({
    watch: '1',
    allowWatchBookmarks: 'true',
    resourceVersion: options.version,
    timeoutSeconds: String(Math.ceil(options.seconds)),
  });
  if (type.fieldSelector) {
    query.set('fieldSelector', type.fieldSelector);
  }
  const turn = new EventLoopSlice();
  const lines = Lines.create(line => {
    const event = JSON.parse(line) as WatchEvent;
    if (event.type === 'ERROR') {
      throw failure(event.object?.code ?? 500, type);
    }
    options.onEvent(event);
  });
  await withIdleTimeout({ silenceMs: answerMs, stop }, async (signal, alive) => {
    const path = listPath(type, undefined);
    const response = await connection.open(path, { query, signal });
    expectSuccess(response, type);
    alive(options.silenceMs);
    options.onAlive();
    for await (const chunk of response as AsyncIterable<Buffer>) {
      alive();
      options.onAlive();
      lines.write(chunk);
      await turn.next();
    }
  });
}
