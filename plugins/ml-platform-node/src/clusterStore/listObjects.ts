import { z } from 'zod';
import { UpstreamError } from '../lastKnown';
import type { StoredObject } from './ClusterStore';
import type { ClusterConnection } from './ClusterConnection';
import { listPath, type ObjectTypeDefinition } from './objectTypes';

const objectSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    uid: z.string().optional(),
    creationTimestamp: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
    ownerReferences: z
      .array(
        z.looseObject({ kind: z.string(), name: z.string(), uid: z.string() }),
      )
      .optional(),
  }),
  spec: z.record(z.string(), z.unknown()).optional(),
  status: z.record(z.string(), z.unknown()).optional(),
  report: z.record(z.string(), z.unknown()).optional(),
});

const pageSchema = z.object({
  metadata: z.object({ continue: z.string().optional() }),
  items: z.array(objectSchema).nullable(),
});

/** The token of a paged list outlived the server's history: the list starts over. */
const EXPIRED = 410;

/**
 * Lists all objects of a type, page by page.
 *
 * @throws UpstreamError when one page fails: half a list would look like deleted objects.
 */
export async function listObjects(options: {
  connection: ClusterConnection;
  type: ObjectTypeDefinition;
  namespace?: string;
  timeoutMs: number;
}): Promise<StoredObject[]> {
  const { connection, type, namespace, timeoutMs } = options;
  const signal = AbortSignal.timeout(timeoutMs);
  const path = listPath(type, namespace);
  let items: StoredObject[] = [];
  let token: string | undefined;
  do {
    const query = new URLSearchParams({ limit: String(type.pageSize) });
    if (token) {
      query.set('continue', token);
    }
    const { status, body } = await connection.get(path, { query, signal });
    if (status === EXPIRED && token) {
      items = [];
      token = undefined;
      continue;
    }
    if (status === 404 && type.optional) {
      return [];
    }
    if (status !== 200) {
      throw UpstreamError.fromStatus(status);
    }
    const page = parsePage(body);
    items.push(...(page.items ?? []).map(item => toStoredObject(item, type)));
    token = page.metadata.continue || undefined;
    if (!token) {
      return items;
    }
  } while (!signal.aborted);
  throw new UpstreamError('timeout');
}

function parsePage(body: Buffer): z.infer<typeof pageSchema> {
  try {
    return pageSchema.parse(JSON.parse(body.toString('utf8')));
  } catch (error) {
    throw new UpstreamError('failed', error);
  }
}

/** Items of a list carry no kind; `managedFields` is half of an object's bytes and nobody reads it. */
function toStoredObject(
  item: z.infer<typeof objectSchema>,
  { apiVersion, kind }: ObjectTypeDefinition,
): StoredObject {
  const { managedFields: _, ...metadata } = item.metadata;
  return { ...item, apiVersion, kind, metadata };
}
