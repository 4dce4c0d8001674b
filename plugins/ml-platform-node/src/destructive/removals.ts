import type { ObjectRule } from './Comparison';

/** Losses with an object that are more than its own manifest, by kind. */
const LOST: Readonly<Record<string, string>> = {
  Application:
    'is deleted. Argo CD deletes what it applied, or leaves it without anything that manages it.',
  ApplicationSet:
    'is deleted. Argo CD deletes its Applications, and with them what they applied unless preserveResourcesOnDeletion is set.',
  ClusterQueue: 'is deleted: jobs of its queues no longer start.',
  CronJob: 'is deleted, and its Jobs with their logs.',
  CustomResourceDefinition:
    'is deleted, and every object of this kind in the whole cluster.',
  DaemonSet: 'is deleted, and its pods stop.',
  Deployment: 'is deleted, and its pods stop.',
  JobSet: 'is deleted, and its pods stop.',
  Namespace: 'is deleted, and everything in it, volumes included.',
  Rollout: 'is deleted, and its pods stop.',
  StatefulSet: 'is deleted, and its pods stop.',
  TrainJob: 'is deleted, and its pods stop.',
};

/** Objects whose removal stops what runs. */
export const removalEffects: ObjectRule = ({ before, after }) =>
  before && !after && before.kind in LOST
    ? [{ code: 'object-removed', text: LOST[before.kind] }]
    : [];
