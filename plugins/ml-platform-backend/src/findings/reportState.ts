import type { ReportState } from '@internal/plugin-ml-platform-common';
import type { ClusterStore } from '@internal/plugin-ml-platform-node';
import type { ScopedImage } from './scope';

const HOUR_MS = 3_600_000;

/** Returns the state of the report on an image of a scope. */
export type ReportStateOf = (
  image: Pick<ScopedImage, 'uses' | 'report'>,
) => ReportState;

/**
 * Reads which scans failed. trivy-operator runs each scan as a Job and deletes the Job with its result; a failed Job
 * exists while the operator retries, or cannot store a report that is too large.
 */
export async function readReportStates(options: {
  store: ClusterStore;
  staleAfterHours: number;
  now: number;
}): Promise<ReportStateOf> {
  const { store, staleAfterHours, now } = options;
  const failed = new Set<string>();
  for (const cluster of store.clusters()) {
    const { items } = await store.list(cluster, 'jobs', {
      labels: { 'app.kubernetes.io/managed-by': 'trivy-operator' },
    });
    for (const { metadata, status } of items) {
      const namespace = metadata.labels?.['trivy-operator.resource.namespace'];
      const kind = metadata.labels?.['trivy-operator.resource.kind'];
      const name =
        metadata.annotations?.['trivy-operator.resource.name'] ??
        metadata.labels?.['trivy-operator.resource.name'];
      // A team's own Job can carry any labels: they count for its own namespace only.
      const owner = await store.owner(cluster, metadata.namespace ?? '');
      if (hasFailed(status) && (!owner || metadata.namespace === namespace)) {
        failed.add(`${cluster}/${namespace}/${kind}/${name}`);
      }
    }
  }
  return ({ uses, report }) => {
    if (report) {
      return now - report.madeAt > staleAfterHours * HOUR_MS
        ? 'stale'
        : 'present';
    }
    return uses.some(({ place, resources }) =>
      resources.some(resource =>
        failed.has(`${place.cluster}/${place.namespace}/${resource}`),
      ),
    )
      ? 'failed'
      : 'none';
  };
}

function hasFailed(status: Record<string, unknown> | undefined): boolean {
  const { conditions } = (status ?? {}) as {
    conditions?: Array<{ type?: string; status?: string }>;
  };
  return Boolean(
    conditions?.some(
      ({ type, status: value }) => type === 'Failed' && value === 'True',
    ),
  );
}
