import { isDeepStrictEqual } from 'node:util';
import {
  isOwnedBy,
  newestFirst,
  type ClusterStore,
  type ObjectChange,
  type ObjectType,
} from '@internal/plugin-ml-platform-node';
import {
  NAMESPACE_TYPES,
  readNamespaceObjects,
} from '../kubernetes/NamespaceObjects';
import { IncrementalView } from '../views/IncrementalView';
import { cronJobState } from './health/cronJobState';
import { isEnded, jobState, type JobState } from './health/jobState';
import { HealthClock } from './health/HealthClock';
import { NamespaceContext } from './health/NamespaceContext';
import { nodeProblem, readNodeProblems } from './readNodeProblems';
import { objectsByWorkload, type OwnedObjects } from './health/OwnedObjects';
import { serviceState, type ServiceState } from './health/serviceState';

/** State of a workload in one namespace, from its Kubernetes objects alone. */
export interface NamespaceWorkload {
  service: ServiceState;
  /** CronJobs, then Jobs, newest first. */
  jobs: JobState[];
  /** Jobs that count towards health. A failed Job is ignored once a newer run succeeded. */
  healthRelevantJobs: JobState[];
  image?: string;
}

/** Workloads of each namespace, by name; recomputed only after a change in the namespace. */
export class NamespaceWorkloads {
  /** Number of times that the workloads of a namespace were computed. */
  computeCount = 0;
  readonly #store: ClusterStore;
  readonly #view: IncrementalView<ComputedWorkloads>;

  constructor({ store }: { store: ClusterStore }) {
    this.#store = store;
    this.#view = new IncrementalView({
      store,
      types: NAMESPACE_TYPES,
      clusterOf: key => key.split('/')[0],
      affectedKeys: affectedNamespaces,
      compute: key => {
        this.computeCount += 1;
        const [cluster, namespace] = key.split('/');
        return computeWorkloads(store, cluster, namespace);
      },
    });
  }

  async get(
    cluster: string,
    namespace: string,
  ): Promise<Map<string, NamespaceWorkload>> {
    const key = `${cluster}/${namespace}`;
    const { workloads, recheckAt } = await this.#view.get(key);
    if (
      recheckAt === undefined ||
      clusterTime(this.#store, cluster) < recheckAt
    ) {
      return workloads;
    }
    this.#view.forget(key);
    return (await this.#view.get(key)).workloads;
  }
}

/** Workloads of a namespace, and the time from which they have to be computed again even without a change. */
interface ComputedWorkloads {
  workloads: Map<string, NamespaceWorkload>;
  recheckAt: number | undefined;
}

/** Time of the cluster's clock in milliseconds. */
function clusterTime(store: ClusterStore, cluster: string): number {
  return Date.now() + store.clockAheadMs(cluster);
}

const namespaceTypes: ReadonlySet<ObjectType> = new Set(NAMESPACE_TYPES);

/** A node that is lost, or comes back, may explain pods in any namespace. */
function affectedNamespaces(
  { cluster, type, object, previous }: ObjectChange,
  keys: Iterable<string>,
): string[] {
  if (type === 'nodes') {
    return nodeProblem(object) === nodeProblem(previous)
      ? []
      : [...keys].filter(key => key.startsWith(`${cluster}/`));
  }
  // Autoscalers write their current metrics every few seconds.
  if (
    type === 'horizontalpodautoscalers' &&
    object &&
    previous &&
    isDeepStrictEqual(object.spec, previous.spec) &&
    isDeepStrictEqual(object.status?.conditions, previous.status?.conditions)
  ) {
    return [];
  }
  return namespaceTypes.has(type)
    ? [`${cluster}/${(object ?? previous)?.metadata.namespace}`]
    : [];
}

async function computeWorkloads(
  store: ClusterStore,
  cluster: string,
  namespace: string,
): Promise<ComputedWorkloads> {
  const objects = await readNamespaceObjects(store, cluster, namespace);
  const clock = new HealthClock(clusterTime(store, cluster));
  const context = new NamespaceContext({
    ...objects,
    clock,
    nodeProblem: await readNodeProblems(store, cluster, objects.pods),
  });
  const workloads = [...objectsByWorkload(objects)].map(
    ([name, owned]): [string, NamespaceWorkload] => [
      name,
      {
        service: serviceState(owned, context),
        image: newestImage(owned),
        ...jobStates(owned, context),
      },
    ],
  );
  return { workloads: new Map(workloads), recheckAt: clock.recheckAt };
}

function jobStates(
  { cronJobs, jobs }: OwnedObjects,
  context: NamespaceContext,
): Pick<NamespaceWorkload, 'jobs' | 'healthRelevantJobs'> {
  const cronJobStates = cronJobs.map(cronJob =>
    cronJobState(cronJob, jobs, context),
  );
  const states = jobs
    .toSorted(newestFirst)
    .map(job => ({ job, state: jobState(job, context) }));
  const standalone = states.filter(
    ({ job }) => !cronJobs.some(cronJob => isOwnedBy(job, cronJob)),
  );
  return {
    jobs: [...cronJobStates, ...states.map(({ state }) => state)],
    healthRelevantJobs: [
      ...cronJobStates,
      ...standalone
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
