import type { StoredObject } from '@internal/plugin-ml-platform-node';

/**
 * Annotations that show that a report was applied from a manifest, by Argo CD or `kubectl apply`. The scanner sets none of
 * them, unless `reportResourceLabels` of trivy-operator names such a label, which it must not.
 */
const APPLIED_ANNOTATIONS = [
  'argocd.argoproj.io/tracking-id',
  'kubectl.kubernetes.io/last-applied-configuration',
];
const APPLIED_LABELS = [
  'app.kubernetes.io/instance',
  'argocd.argoproj.io/instance',
];

/** Difference that is allowed between the clocks of the scanner and of the portal. */
const MAX_CLOCK_SKEW_MS = 5 * 60_000;

/** Objects of a namespace that exist, `<kind>/<name>` by uid. */
export type KnownOwners = ReadonlyMap<string, string>;

/** Lists objects and what the API server says owns them, such as a controller of a kind that the store does not follow. */
export function knownOwners(objects: StoredObject[]): KnownOwners {
  const known = new Map<string, string>();
  for (const { kind, metadata } of objects) {
    for (const owner of metadata.ownerReferences ?? []) {
      known.set(owner.uid, `${owner.kind}/${owner.name}`);
    }
    if (metadata.uid !== undefined) {
      known.set(metadata.uid, `${kind}/${metadata.name}`);
    }
  }
  return known;
}

/**
 * Checks that trivy-operator wrote a report, and about what: it names one owner in its namespace, which exists, in its
 * reference and in its labels. Anyone who may apply manifests in a namespace can write reports there too.
 *
 * @param owners - objects of the report's namespace.
 * @see aquasecurity/trivy-operator pkg/vulnerabilityreport/builder.go, pkg/kube/object.go ObjectToObjectMeta
 */
export function isWrittenByScanner(
  { metadata }: StoredObject,
  owners: KnownOwners,
): boolean {
  const { labels = {}, annotations = {}, ownerReferences = [] } = metadata;
  const [owner, ...others] = ownerReferences;
  return (
    owner !== undefined &&
    others.length === 0 &&
    owners.get(owner.uid) === `${owner.kind}/${owner.name}` &&
    labels['trivy-operator.resource.kind'] === owner.kind &&
    labels['trivy-operator.resource.namespace'] === metadata.namespace &&
    isNamedByLabels(metadata, owner.name) &&
    (labels['app.kubernetes.io/managed-by'] ?? 'trivy-operator') ===
      'trivy-operator' &&
    !APPLIED_ANNOTATIONS.some(name => name in annotations) &&
    !APPLIED_LABELS.some(name => name in labels)
  );
}

/**
 * Time from which a report's date is no longer in the future, in milliseconds since 1970; undefined without a valid date.
 * A report of tomorrow would be the newest until then, whatever is scanned.
 */
export function countsFrom({ report }: StoredObject): number | undefined {
  const { updateTimestamp } = report ?? {};
  const time = Date.parse(String(updateTimestamp));
  return Number.isNaN(time) ? undefined : time - MAX_CLOCK_SKEW_MS;
}

/** Names longer than 63 characters are in an annotation, and their hash in a label. */
function isNamedByLabels(
  { labels = {}, annotations = {} }: StoredObject['metadata'],
  name: string,
): boolean {
  const key = 'trivy-operator.resource.name';
  return (
    labels[key] === name ||
    (annotations[key] === name && `${key}-hash` in labels)
  );
}
