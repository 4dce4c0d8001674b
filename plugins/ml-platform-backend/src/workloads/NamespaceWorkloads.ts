import {
  isOwnedBy,
  newestFirst,
  type ClusterStore,
  type ObjectChange,
  type ObjectType,
} from '@internal/plugin-ml-platform-node';
import { IncrementalView } from '../views/IncrementalView';
import {
  cronJobState,
  isEnded,
  jobState,
  type JobState,
} from './health/jobState';
import { objectsByWorkload, type OwnedObjects } from './health/OwnedObjects';
import { serviceState, type ServiceState } from './health/serviceState';
import { NamespaceContext } from './health/NamespaceContext';
import {
  NAMESPACE_TYPES,
  readNamespaceObjects,
} from '../kubernetes/NamespaceObjects';

/** What runs of a workload in one namespace, and why not. */
export interface NamespaceWorkload {
  service: ServiceState;
  /** CronJobs, then Jobs, newest first. */
  jobs: JobState[];
  /** Those of them that tell how the workload is: an old failure is none when a later run went well. */
  telling: JobState[];
  image?: string;
}

/** The workloads of each namespace, by name; made again only when something in the namespace changes. */
export class NamespaceWorkloads {
  static create(options: { store: ClusterStore }): NamespaceWorkloads {
    return new NamespaceWorkloads(options.store);
  }

  /** Times that a namespace was read, for tests and metrics. */
  made = 0;
  readonly #view: IncrementalView<Map<string, NamespaceWorkload>>;

  private constructor(store: ClusterStore) {
    this.#view = IncrementalView.create({
      store,
      types: NAMESPACE_TYPES,
      clusterOf: key => key.split('/')[0],
      keysOf,
      make: key => {
        this.made += 1;
        const [cluster, namespace] = key.split('/');
        return readWorkloads(store, cluster, namespace);
      },
    });
  }

  get(
    cluster: string,
    namespace: string,
  ): Promise<Map<string, NamespaceWorkload>> {
    return this.#view.get(`${cluster}/${namespace}`);
  }
}

const types: ReadonlySet<ObjectType> = new Set(NAMESPACE_TYPES);

function keysOf({ cluster, type, object, previous }: ObjectChange): string[] {
  return types.has(type)
    ? [`${cluster}/${(object ?? previous)?.metadata.namespace}`]
    : [];
}

async function readWorkloads(
  store: ClusterStore,
  cluster: string,
  namespace: string,
): Promise<Map<string, NamespaceWorkload>> {
  const objects = await readNamespaceObjects(store, cluster, namespace);
  const around = NamespaceContext.create(objects);
  const workloads = [...objectsByWorkload(objects)].map(
    ([name, owned]): [string, NamespaceWorkload] => [
      name,
      {
        service: serviceState(owned, around),
        image: newestImage(owned),
        ...jobsOf(owned, around),
      },
    ],
  );
  return new Map(workloads);
}

function jobsOf(
  { cronJobs, jobs }: OwnedObjects,
  around: NamespaceContext,
): Pick<NamespaceWorkload, 'jobs' | 'telling'> {
  const ofCronJobs = cronJobs.map(cronJob =>
    cronJobState(cronJob, jobs, around),
  );
  const states = jobs
    .toSorted(newestFirst)
    .map(job => ({ job, state: jobState(job, around) }));
  const single = states.filter(
    ({ job }) => !cronJobs.some(cronJob => isOwnedBy(job, cronJob)),
  );
  return {
    jobs: [...ofCronJobs, ...states.map(({ state }) => state)],
    telling: [
      ...ofCronJobs,
      ...single
        .filter(({ job }, index) => index === 0 || !isEnded(job))
        .map(({ state }) => state),
    ],
  };
}

function newestImage(objects: OwnedObjects): string | undefined {
  const [newest] = [
    ...[
      ...objects.deployments,
      ...objects.statefulSets,
      ...objects.daemonSets,
      ...objects.rollouts,
    ].map(({ metadata, spec }) => ({ metadata, template: spec.template })),
    ...objects.cronJobs.map(({ metadata, spec }) => ({
      metadata,
      template: spec.jobTemplate.spec.template,
    })),
  ].sort(newestFirst);
  return newest?.template?.spec.containers[0]?.image;
}
