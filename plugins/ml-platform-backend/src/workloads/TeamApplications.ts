import {
  applicationName,
  WORKLOAD_LABEL,
  type ApplicationSummary,
} from '@internal/plugin-ml-platform-common';
import {
  applicationConditions,
  environmentOfApplication,
  ownerOfApplication,
  parseStoredObjects,
  summariseApplication,
  type Application,
  type ClusterStore,
  type ObjectChange,
} from '@internal/plugin-ml-platform-node';
import { groupBy } from '../views/groupBy';
import { IncrementalView } from '../views/IncrementalView';

/** What Argo CD has of a workload in one environment. */
export interface DeployedApplication {
  summary: ApplicationSummary;
  /** Oldest first. */
  history: Application['status']['history'];
}

/** By workload, then by environment. */
export type ApplicationsByWorkload = Map<
  string,
  Map<string, DeployedApplication>
>;

/** The Applications of a team's own AppProject; their labels alone would prove nothing. */
export class TeamApplications {
  static create(options: { store: ClusterStore }): TeamApplications {
    return new TeamApplications(options.store);
  }

  readonly #view: IncrementalView<ApplicationsByWorkload>;

  private constructor(store: ClusterStore) {
    this.#view = IncrementalView.create({
      store,
      types: ['applications', 'namespaces'],
      keysOf,
      make: async team => {
        const listings = await Promise.all(
          store
            .clusters()
            .map(cluster => store.list(cluster, 'applications', { team })),
        );
        return byWorkload(
          team,
          listings.flatMap(({ items }) =>
            parseStoredObjects('applications', items),
          ),
        );
      },
    });
  }

  get(team: string): Promise<ApplicationsByWorkload> {
    return this.#view.get(team);
  }
}

function keysOf({ type, object, previous }: ObjectChange): string[] {
  return type === 'applications'
    ? [object, previous]
        .map(
          application => application && ownerOfApplication(application)?.team,
        )
        .filter(team => team !== undefined)
    : [];
}

function byWorkload(
  team: string,
  applications: Application[],
): ApplicationsByWorkload {
  const found: ApplicationsByWorkload = new Map();
  const groups = groupBy(
    applications.filter(({ metadata }) => metadata.labels?.[WORKLOAD_LABEL]),
    ({ metadata }) => metadata.labels?.[WORKLOAD_LABEL] ?? '',
  );
  for (const [workload, ofWorkload] of groups) {
    const environments = groupBy(
      ofWorkload,
      application => environmentOfApplication(application) ?? '',
    );
    found.set(
      workload,
      new Map(
        [...environments].map(([environment, all]) => [
          environment,
          deployed(all, applicationName(team, workload, environment)),
        ]),
      ),
    );
  }
  return found;
}

/** The overlay's Application; what fails in the one that applies training runs is shown with it. */
function deployed(all: Application[], name: string): DeployedApplication {
  const main = all.find(({ metadata }) => metadata.name === name) ?? all[0];
  const others = all.filter(application => application !== main);
  return {
    summary: {
      ...summariseApplication(main),
      conditions: [main, ...others].flatMap(({ status }) =>
        applicationConditions(status),
      ),
    },
    history: main.status.history,
  };
}
