import { isActivePod } from '../kubernetes/pod';
import { runningContainers, type PodSpec } from '../kubernetes/podTemplate';
import type { WorkloadObjects } from '../kubernetes/WorkloadObjects';

/** A container that runs now, and the objects that trivy-operator would have scanned it as part of. */
export interface RunningContainer {
  container: string;
  image: string;
  resources: Array<{ kind: string; name: string }>;
}

/** Of pods that have not ended, and of CronJobs that will run the same again. */
export function runningImages(objects: WorkloadObjects): RunningContainer[] {
  const ofPods = objects.pods
    .filter(isActivePod)
    .flatMap(({ metadata, spec }) =>
      containers(spec, [
        { kind: 'Pod', name: metadata.name },
        ...(metadata.ownerReferences ?? []).flatMap(owner => [
          owner,
          ...ownersOfJob(objects, owner.uid),
        ]),
      ]),
    );
  const ofCronJobs = objects.cronJobs
    .filter(({ spec }) => !spec.suspend)
    .flatMap(({ metadata, spec }) =>
      containers(spec.jobTemplate.spec.template.spec, [
        { kind: 'CronJob', name: metadata.name },
      ]),
    );
  return [...ofPods, ...ofCronJobs];
}

/** A Job that a CronJob made is scanned as the CronJob. */
function ownersOfJob(objects: WorkloadObjects, uid: string) {
  return objects.jobs
    .filter(({ metadata }) => metadata.uid === uid)
    .flatMap(({ metadata }) => metadata.ownerReferences ?? []);
}

function containers(
  spec: PodSpec,
  resources: RunningContainer['resources'],
): RunningContainer[] {
  return runningContainers(spec).map(({ name, image }) => ({
    container: name,
    image,
    resources,
  }));
}
