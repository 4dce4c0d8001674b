import {
  applicationName,
  WORKLOAD_LABEL,
  type ApplicationSummary,
  type HealthReason,
} from '@internal/plugin-ml-platform-common';
import {
  environmentOfApplication,
  ownerOfApplication,
  ownerOfNamespace,
  parseStoredObjects,
  summariseApplication,
  type Application,
  type ClusterStore,
  type ObjectChange,
  type SyncWindow,
} from '@internal/plugin-ml-platform-node';
import { IncrementalView } from '../views/IncrementalView';
import { applicationReasons } from './health/applicationReasons';
import { operationReasons } from './health/operationReasons';

/** Argo CD's state of a workload in one environment. */
export interface DeployedApplication {
  summary: ApplicationSummary;
  /** Reasons from the conditions and operations of all its Applications. */
  reasons: HealthReason[];
  /** The overlay's Application. */
  application: Application;
  /** Sync windows of its AppProject. */
  syncWindows: SyncWindow[];
}

/** Applications by workload, then by environment. */
export type ApplicationsByWorkload = Map<
  string,
  Map<string, DeployedApplication>
>;

/** Applications of a team. Ownership follows from the team's AppProject, since anyone can set an Application's labels. */
export class TeamApplications {
  readonly #view: IncrementalView<ApplicationsByWorkload>;

  constructor({ store }: { store: ClusterStore }) {
    this.#view = new IncrementalView({
      store,
      // Without AppProjects, which the portal may not be allowed to read. Each that it reads removes what is cached.
      types: ['applications', 'namespaces'],
      affectedKeys: affectedTeams,
      compute: team => readApplications(store, team),
    });
  }

  get(team: string): Promise<ApplicationsByWorkload> {
    return this.#view.get(team);
  }
}

async function readApplications(
  store: ClusterStore,
  team: string,
): Promise<ApplicationsByWorkload> {
  const windows = new Map<Application, SyncWindow[]>();
  for (const cluster of store.clusters()) {
    const { items } = await store.list(cluster, 'applications', { team });
    const applications = parseStoredObjects('applications', items);
    const syncWindows =
      applications.length > 0
        ? await readSyncWindows(store, cluster, team)
        : [];
    applications.forEach(each => windows.set(each, syncWindows));
  }
  return applicationsByWorkload(team, windows);
}

/** Sync windows of the team's AppProject; a project in a team's namespace is not Argo CD's. */
async function readSyncWindows(
  store: ClusterStore,
  cluster: string,
  team: string,
): Promise<SyncWindow[]> {
  const { items } = await store.list(cluster, 'appprojects');
  const [project] = parseStoredObjects(
    'appprojects',
    items.filter(({ metadata }) => metadata.name === team),
  );
  const isOfTeam =
    project &&
    (await store.owner(cluster, project.metadata.namespace ?? '')) !==
      undefined;
  return project && !isOfTeam ? project.spec.syncWindows ?? [] : [];
}

/** An AppProject and the owner of a namespace decide which Applications count. */
function affectedTeams(
  { type, object, previous }: ObjectChange,
  cached: Iterable<string>,
): Iterable<string> {
  switch (type) {
    case 'applications':
      return [object, previous]
        .map(
          application => application && ownerOfApplication(application)?.team,
        )
        .filter(team => team !== undefined);
    case 'appprojects':
      return [...cached];
    case 'namespaces':
      return teamOf(object) === teamOf(previous) ? [] : [...cached];
    default:
      return [];
  }
}

function teamOf(namespace: ObjectChange['object']): string | undefined {
  return namespace && ownerOfNamespace(namespace)?.team;
}

function applicationsByWorkload(
  team: string,
  syncWindows: ReadonlyMap<Application, SyncWindow[]>,
): ApplicationsByWorkload {
  const byWorkload = Map.groupBy(
    [...syncWindows.keys()].filter(
      ({ metadata }) => metadata.labels?.[WORKLOAD_LABEL],
    ),
    ({ metadata }) => metadata.labels?.[WORKLOAD_LABEL] ?? '',
  );
  return new Map(
    [...byWorkload].map(([workload, ofWorkload]) => {
      const byEnvironment = Map.groupBy(
        ofWorkload,
        application => environmentOfApplication(application) ?? '',
      );
      const deployed = new Map(
        [...byEnvironment].map(([environment, ofEnvironment]) => [
          environment,
          deployedApplication(
            ofEnvironment,
            applicationName(team, workload, environment),
            syncWindows,
          ),
        ]),
      );
      return [workload, deployed];
    }),
  );
}

/**
 * Combines the Applications of a workload in one environment: the overlay's, which has the given name, and the one
 * that applies training runs, which contributes only its conditions.
 */
function deployedApplication(
  applications: Application[],
  overlayName: string,
  syncWindows: ReadonlyMap<Application, SyncWindow[]>,
): DeployedApplication {
  const overlay =
    applications.find(({ metadata }) => metadata.name === overlayName) ??
    applications[0];
  const others = applications.filter(application => application !== overlay);
  const summaries = [overlay, ...others].map(summariseApplication);
  return {
    summary: {
      ...summaries[0],
      conditions: summaries.flatMap(({ conditions }) => conditions),
    },
    reasons: [
      ...summaries.flatMap(applicationReasons),
      ...[overlay, ...others].flatMap(operationReasons),
    ],
    application: overlay,
    syncWindows: syncWindows.get(overlay) ?? [],
  };
}
