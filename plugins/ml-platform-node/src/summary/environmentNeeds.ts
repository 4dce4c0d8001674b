import type { KubernetesObject } from '@internal/platform-rules';
import {
  addNeeds,
  type EnvironmentNeeds,
  namespaceName,
  type ResourceNeeds,
} from '@internal/plugin-ml-platform-common';
import { wholeGpus } from '../gpus';
import { identityOf } from '../kustomize/objectIdentity';
import type { EnvironmentBuild } from '../validation/builds';
import { claimedBytes, type PodSet, podSets } from './podSets';
import type { QueueShare } from './teamLimits';

const NO_NEEDS: ResourceNeeds = {
  pods: 0,
  cpu: 0,
  memory: 0,
  gpus: 0,
  storage: 0,
};

/** Resources that a workload needs in an environment, before and after the change. */
export function environmentNeeds(
  { environment, before, after }: EnvironmentBuild,
  { team, queue }: { team: string; queue?: QueueShare },
): EnvironmentNeeds {
  const services = (objects: KubernetesObject[], most = false) =>
    sumOf(
      podSets(objects).filter(({ sort }) => sort === 'service'),
      most,
      claimedBytes(objects),
    );
  return {
    environment: environment.name,
    cluster: environment.cluster,
    namespace: namespaceName(team, environment),
    before: services(before),
    after: services(after),
    most: services(after, true),
    jobs: jobNeeds({ before, after }).reduce(addNeeds, NO_NEEDS),
    queue,
  };
}

/** Checks if anything of an environment requests a whole GPU. */
export function needsGpus({ after }: Pick<EnvironmentBuild, 'after'>): boolean {
  return podSets(after).some(({ requests }) => wholeGpus(requests.gpus) > 0);
}

/** Resources of each Job that starts with the change. */
export function jobNeeds({
  before,
  after,
}: Pick<EnvironmentBuild, 'before' | 'after'>): ResourceNeeds[] {
  return podSets(newObjects(before, after))
    .filter(isJob)
    .map(set => sumOf([set]));
}

/** Objects that were not there before: a Job that exists does not start again. */
function newObjects(
  before: KubernetesObject[],
  after: KubernetesObject[],
): KubernetesObject[] {
  const existing = new Set(before.map(identityOf));
  return after.filter(object => !existing.has(identityOf(object)));
}

function isJob({ sort }: PodSet): boolean {
  return sort === 'job';
}

function sumOf(
  sets: PodSet[],
  most = false,
  claimed: number = 0,
): ResourceNeeds {
  return sets.reduce<ResourceNeeds>(
    (sum, set) => {
      const pods = most ? set.most : set.replicas;
      return addNeeds(sum, {
        pods,
        cpu: (set.requests.millicores * pods) / 1000,
        memory: set.requests.memory * pods,
        gpus: wholeGpus(set.requests.gpus) * pods,
        storage: set.storage * pods,
      });
    },
    { ...NO_NEEDS, storage: claimed },
  );
}
