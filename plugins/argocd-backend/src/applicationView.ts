import {
  redactAddresses,
  type Application,
  type ApplicationSource,
} from '@internal/plugin-ml-platform-node';

/** Name of the only Argo CD instance in the cards' API. */
export const INSTANCE_NAME = 'argocd';

/** An Application in the form that Roadie's cards decode, with sync and health always set. Other fields are left out. */
export function toView({ metadata, spec, status }: Application) {
  const { sync, health, summary, operationState, conditions, history } = status;
  return {
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace,
      labels: metadata.labels ?? {},
      instance: { name: INSTANCE_NAME },
    },
    spec: { ...spec, ...sourcesOf(spec) },
    status: {
      sync: sync ?? { status: 'Unknown' },
      health: { status: health?.status ?? 'Unknown' },
      summary,
      // The cards decode no operation without a start.
      operationState: operationState?.startedAt && {
        phase: operationState.phase,
        startedAt: operationState.startedAt,
        finishedAt: operationState.finishedAt,
      },
      conditions:
        conditions.length === 0
          ? undefined
          : conditions.map(condition => ({
              ...condition,
              message: redactAddresses(condition.message),
            })),
      history: history.map(entry => ({ ...entry, ...sourcesOf(entry) })),
    },
  };
}

/** Commits that the Application deploys now or deployed before. */
export function deployedRevisions({ status }: Application): Set<string> {
  const { history, sync } = status;
  return new Set(
    [
      sync?.revision,
      ...history.flatMap(({ revision, revisions = [] }) => [
        revision,
        ...revisions,
      ]),
    ].filter(revision => revision !== undefined),
  );
}

interface WithSources {
  source?: ApplicationSource;
  sources?: ApplicationSource[];
}

function sourcesOf({ source, sources }: WithSources): WithSources {
  return {
    source: source && redactUserInfo(source),
    sources: sources?.map(redactUserInfo),
  };
}

/** Removes the user info of a repository URL, which can hold credentials. */
function redactUserInfo(source: ApplicationSource): ApplicationSource {
  return {
    ...source,
    repoURL: source.repoURL?.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1'),
  };
}
