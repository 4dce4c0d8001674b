import type {
  SyncHistory,
  SyncHistoryEntry,
} from '@internal/plugin-ml-platform-common';
import { absoluteTime, timeAgo } from '../components/shared/time';

const COMMIT = /^[0-9a-f]{40}$/;

/** Deployments of an environment that one can roll back to, newest first; each commit once, and not the current one. */
export function earlierDeployments({
  items,
}: Pick<SyncHistory, 'items'>): SyncHistoryEntry[] {
  const seen = new Set(
    items.filter(({ current }) => current).map(({ revision }) => revision),
  );
  return items.filter(({ revision }) => {
    // Without a Git source, the revision is the version of a chart.
    const isNew = COMMIT.test(revision) && !seen.has(revision);
    seen.add(revision);
    return isNew;
  });
}

/** Option of a Select: when and what was deployed, and by whom. */
export function deploymentOption(entry: SyncHistoryEntry) {
  const { revision, deployedAt, subject, author } = entry;
  const details = [
    deployedAt && absoluteTime(deployedAt),
    author && `by ${author.replace(/\s*<[^>]*>$/, '')}`,
  ].filter(Boolean);
  return {
    id: revision,
    label: [
      [deployedAt && timeAgo(deployedAt), revision.slice(0, 7)]
        .filter(Boolean)
        .join(', '),
      subject,
    ]
      .filter(Boolean)
      .join(': '),
    description: details.length > 0 ? details.join(' ') : undefined,
  };
}
