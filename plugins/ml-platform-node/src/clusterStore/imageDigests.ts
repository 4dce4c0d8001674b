import type { StoredObject } from '../kinds/StoredObject';

/** Digest at the end of an image reference, for example `ghcr.io/acme/api@sha256:…`. */
const DIGEST = /sha256:[0-9a-f]{64}$/;

/** Reads the digests of a pod's images from the status of its containers, with init and ephemeral containers. */
export function digestsOfPod({ status }: StoredObject): string[] {
  const statusLists = [
    status?.containerStatuses,
    status?.initContainerStatuses,
    status?.ephemeralContainerStatuses,
  ];
  const digests = statusLists
    .flatMap(list => (Array.isArray(list) ? list : []))
    // An `imageID` can lack a digest that `image` has.
    .map(
      container =>
        parseDigest(container?.imageID) ?? parseDigest(container?.image),
    )
    .filter(digest => digest !== undefined);
  return [...new Set(digests)];
}

/** Reads the digest of the image that a Trivy vulnerability report describes. @returns one digest or none */
export function digestsOfReport({ report }: StoredObject): string[] {
  const artifact = report?.artifact as { digest?: unknown } | undefined;
  const digest = parseDigest(artifact?.digest);
  return digest === undefined ? [] : [digest];
}

/** Returns the digest (`sha256:…`) at the end of an image reference, or of the image ID that a node reports. */
export function parseDigest(reference: unknown): string | undefined {
  return typeof reference === 'string'
    ? DIGEST.exec(reference)?.[0]
    : undefined;
}
