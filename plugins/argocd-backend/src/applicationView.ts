import {
  applicationConditions,
  mainRevision,
  redactAddresses,
  type Application,
  type ApplicationSource,
} from '@internal/plugin-ml-platform-node';

/** Name of the only Argo CD instance in the cards' API. */
export const INSTANCE_NAME = 'argocd';

/**
 * An Application in the form that Roadie's cards decode, with sync and health always set. Both are Argo CD's own values;
 * the conditions say what is wrong where they do not, as after a failed sync of a healthy Application.
 */
export function toView({ metadata, spec, status }: Application) {
  const { sync, health, summary, operationState, history } = status;
  return {
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace,
      labels: metadata.labels ?? {},
      instance: { name: INSTANCE_NAME },
    },
    spec: { ...spec, ...sourcesOf(spec) },
    status: {
      sync: {
        status: sync?.status ?? 'Unknown',
        revision: mainRevision({ ...sync }),
        revisions: sync?.revisions,
      },
      health: {
        ...health,
        status: health?.status ?? 'Unknown',
        message: health?.message && redactAddresses(health.message),
      },
      summary,
      operationState: toOperation(operationState),
      conditions: toConditions(status),
      history: history.map(toHistoryEntry),
    },
  };
}

/** The running operation or the last one. The cards decode none without a start. */
function toOperation(operation: Application['status']['operationState']) {
  return (
    operation?.startedAt && {
      phase: operation.phase,
      message: operation.message && redactAddresses(operation.message),
      startedAt: operation.startedAt,
      finishedAt: operation.finishedAt,
      retryCount: operation.retryCount,
      syncResult: operation.syncResult && {
        revision: mainRevision(operation.syncResult),
        revisions: operation.syncResult.revisions,
        resources: operation.syncResult.resources?.map(result => ({
          ...result,
          message: result.message && redactAddresses(result.message),
        })),
      },
    }
  );
}

/** Conditions with their resources in the message, because the cards show only the message. */
function toConditions(status: Application['status']) {
  const conditions = applicationConditions(status).map(
    ({ type, message, since, resources = [] }) => ({
      type,
      message: [
        resources.map(({ kind, name }) => `${kind} ${name}`).join(', '),
        message,
      ]
        .filter(part => part !== '')
        .join(': '),
      lastTransitionTime: since,
    }),
  );
  return conditions.length > 0 ? conditions : undefined;
}

/** The cards read the first of `revisions` wherever there are `sources`, and `revision` in any case. */
function toHistoryEntry(entry: Application['status']['history'][number]) {
  const { source, sources } = sourcesOf(entry);
  const revision = mainRevision(entry) ?? '';
  return entry.revisions?.length
    ? { ...entry, revision, source, sources }
    : {
        ...entry,
        revision,
        source: source ?? sources?.[0],
        sources: undefined,
      };
}

/** Commits that the Application deploys now or deployed before. */
export function deployedRevisions({ status }: Application): Set<string> {
  const { history, sync } = status;
  return new Set(
    [{ ...sync }, ...history]
      .flatMap(({ revision, revisions = [] }) => [revision, ...revisions])
      .filter(revision => revision !== undefined),
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
