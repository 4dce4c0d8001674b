import type { StoredObject } from '../kinds/StoredObject';

const DIGEST = /sha256:[0-9a-f]{64}$/;

/** Digests of a pod's container images, as the node reports them. */
export function digestsOfPod({ status }: StoredObject): string[] {
  const lists = [status?.containerStatuses, status?.initContainerStatuses];
  const digests = lists
    .flatMap(list => (Array.isArray(list) ? list : []))
    .map(
      container => digestIn(container?.imageID) ?? digestIn(container?.image),
    )
    .filter(digest => digest !== undefined);
  return [...new Set(digests)];
}

/** Digest of the image that a Trivy report describes. */
export function digestsOfReport({ report }: StoredObject): string[] {
  const artifact = report?.artifact as { digest?: unknown } | undefined;
  const digest = digestIn(artifact?.digest);
  return digest === undefined ? [] : [digest];
}

function digestIn(reference: unknown): string | undefined {
  return typeof reference === 'string'
    ? DIGEST.exec(reference)?.[0]
    : undefined;
}
