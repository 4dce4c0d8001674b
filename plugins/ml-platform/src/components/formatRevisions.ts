import type { ApplicationSummary } from '@internal/plugin-ml-platform-common';

const COMMIT = /^[0-9a-f]{40,64}$/;

/** Formats what is deployed: a short commit, and charts with their versions, for example "triton 4.2.1, 5d69894". */
export function formatRevisions(
  application: Pick<ApplicationSummary, 'revision' | 'sources'> | undefined,
): string {
  const { revision, sources = revision ? [{ revision }] : [] } =
    application ?? {};
  return sources.length > 0 ? sources.map(formatRevision).join(', ') : '–';
}

function formatRevision(source: { revision: string; chart?: string }): string {
  const { revision, chart } = source;
  if (chart) {
    return `${chart} ${revision}`;
  }
  return COMMIT.test(revision) ? revision.slice(0, 7) : revision;
}
