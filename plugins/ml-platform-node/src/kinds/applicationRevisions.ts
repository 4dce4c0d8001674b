import type { SourceRevision } from '@internal/plugin-ml-platform-common';
import type {
  Application,
  ApplicationHistoryEntry,
  ApplicationSource,
} from './applicationSchema';

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

interface WithRevisions {
  revision?: string;
  revisions?: string[];
  source?: ApplicationSource;
  sources?: ApplicationSource[];
}

/**
 * Revision of every source: a commit, or the version of a Helm chart. An Application with one source has `revision` and
 * `source`; with several, Argo CD fills `revisions` and `sources`, and leaves the others empty.
 *
 * @see argoproj/argo-cd v3.5.3 pkg/apis/application/v1alpha1/types.go, RevisionHistory and SyncStatus
 */
function sourceRevisions({
  revision,
  revisions = [],
  source,
  sources = [],
}: WithRevisions): SourceRevision[] {
  const pairs: Array<[string | undefined, ApplicationSource | undefined]> =
    revisions.length > 0
      ? revisions.map((each, index) => [each, sources[index]])
      : [[revision, source ?? sources[0]]];
  return pairs.flatMap(([each, from]) =>
    each
      ? [
          {
            revision: each,
            ...(from?.chart
              ? { chart: from.chart }
              : { repository: repositoryName(from?.repoURL) }),
          },
        ]
      : [],
  );
}

/** Revisions of all sources, where they say more than the commit alone: with several sources, or with a chart. */
export function notableSources(
  of: WithRevisions,
): SourceRevision[] | undefined {
  const revisions = sourceRevisions(of);
  return revisions.length > 1 || revisions[0]?.chart ? revisions : undefined;
}

/** The commit among the revisions of several sources; without one, the first revision. */
export function mainRevision(of: WithRevisions): string | undefined {
  const revisions = sourceRevisions(of);
  return (
    revisions.find(({ revision, chart }) => !chart && COMMIT.test(revision)) ??
    revisions[0]
  )?.revision;
}

/** Commits in a history entry or a sync status that can contain a merge, the rendered commit of a hydrated source included. */
export function commitsOf(
  of: WithRevisions,
  { status }: Application,
): string[] {
  const { drySHA, hydratedSHA } =
    status.sourceHydrator?.lastSuccessfulOperation ?? {};
  return sourceRevisions(of)
    .filter(({ revision, chart }) => !chart && COMMIT.test(revision))
    .map(({ revision }) =>
      drySHA && revision === hydratedSHA ? drySHA : revision,
    );
}

/** The newest entry of the history. Argo CD appends entries, and counts their ids. */
export function newestSync({
  status,
}: Application): ApplicationHistoryEntry | undefined {
  return status.history.toSorted((a, b) => a.id - b.id).at(-1);
}

/** Path of a repository without its host, for example `acme/platform`. */
function repositoryName(url: string | undefined): string | undefined {
  const path = url
    ?.replace(/^[a-z+]+:\/\/[^/]*\/?/i, '')
    .replace(/^[^/:@]*@?[^/:]*:/, '')
    .replace(/\.git$/, '')
    .replace(/^\/+|\/+$/g, '');
  return path || undefined;
}
