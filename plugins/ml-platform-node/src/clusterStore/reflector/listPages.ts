import { UpstreamError } from '../../upstream';
import type { ClusterConnection } from '../ClusterConnection';
import { listPath, type ObjectTypeDefinition } from '../objectTypes';
import { expectSuccess } from './responseErrors';
import { ListSplitter } from './ListSplitter';
import { EventLoopSlice } from '../../async/EventLoopSlice';
import { withIdleTimeout } from './withIdleTimeout';

const PAGE_BYTES = 2 * 1024 * 1024;
const MAX_PAGE_SIZE = 500;

interface ListEnvelope {
  metadata?: { resourceVersion?: unknown; continue?: unknown };
}

/**
 * Lists all objects of a type at one resource version, in pages of about 2 MB.
 *
 * @returns the resource version.
 * @throws ExpiredError when it expired before the last page; NotInstalledError, UpstreamError.
 */
export async function listPages(options: {
  connection: ClusterConnection;
  type: ObjectTypeDefinition;
  responseTimeoutMs: number;
  stop: AbortSignal;
  /** Called with each object as the server sends it. */
  onItem: (item: unknown) => void;
  /** Called with every chunk that arrives. */
  onProgress: () => void;
}): Promise<string> {
  const { type } = options;
  let limit = type.pageSize;
  let token: string | undefined;
  let version: string;
  do {
    const query = new URLSearchParams({ limit: String(limit) });
    if (type.fieldSelector) {
      query.set('fieldSelector', type.fieldSelector);
    }
    if (token) {
      query.set('continue', token);
    }
    const page = await readPage(query, options);
    version = page.version;
    token = page.token;
    if (page.items > 0) {
      const fitting = Math.floor(PAGE_BYTES / (page.bytes / page.items));
      limit = Math.min(MAX_PAGE_SIZE, Math.max(1, fitting));
    }
  } while (token);
  return version;
}

async function readPage(
  query: URLSearchParams,
  options: Parameters<typeof listPages>[0],
) {
  const { connection, type, responseTimeoutMs, stop, onItem, onProgress } =
    options;
  const slice = new EventLoopSlice();
  let items = 0;
  let bytes = 0;
  const splitter = new ListSplitter({
    onItem: json => {
      items += 1;
      onItem(JSON.parse(json));
    },
  });
  const envelope = await withIdleTimeout(
    { idleTimeoutMs: responseTimeoutMs, stop },
    async (signal, touch) => {
      const response = await connection.open(listPath(type, undefined), {
        query,
        signal,
      });
      expectSuccess(response, type);
      for await (const chunk of response as AsyncIterable<Buffer>) {
        touch();
        onProgress();
        bytes += chunk.length;
        splitter.write(chunk);
        await slice.next();
      }
      return splitter.end() as ListEnvelope;
    },
  );
  const { resourceVersion, continue: token } = envelope.metadata ?? {};
  if (typeof resourceVersion !== 'string') {
    throw new UpstreamError('failed');
  }
  return {
    items,
    bytes,
    version: resourceVersion,
    token: typeof token === 'string' && token !== '' ? token : undefined,
  };
}
