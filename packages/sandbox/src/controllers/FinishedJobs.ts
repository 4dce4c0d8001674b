import type { Fields } from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import type { SavedState } from '../SavedState';
import { ownerReference, templateHash } from './pods';
import type { Job, Pod } from './workloadTypes';

interface FinishedJob {
  status: Fields;
  creationTimestamp: string;
  pods: Array<Pick<Pod, 'metadata' | 'spec' | 'status'>>;
}

/** Finished Jobs from Git with their pods, persisted across restarts of the sandbox. */
export class FinishedJobs {
  readonly #state: SavedState<FinishedJob>;

  constructor(state: SavedState<FinishedJob>) {
    this.#state = state;
  }

  save(job: Job, pods: Pod[]): void {
    // Jobs of a CronJob are not in Git, so they are not applied again after a restart.
    if (
      job.metadata.ownerReferences?.length ||
      this.#state.get(finishedJobKey(job))
    ) {
      return;
    }
    const { creationTimestamp } = job.metadata;
    this.#state.set(finishedJobKey(job), {
      status: job.status ?? {},
      creationTimestamp,
      pods: pods.map(({ metadata, spec, status }) => ({
        metadata,
        spec,
        status,
      })),
    });
  }

  /** Restores the status and pods of a Job. @returns false when no finished run of it is saved. */
  restore(store: ObjectStore, job: Job): boolean {
    const finished = this.#state.get(finishedJobKey(job));
    if (!finished) {
      return false;
    }
    store.update({
      ...job,
      status: finished.status,
      metadata: {
        ...job.metadata,
        creationTimestamp: finished.creationTimestamp,
      },
    });
    for (const { metadata, spec, status } of finished.pods) {
      const { name, namespace, labels, annotations, creationTimestamp } =
        metadata;
      store.create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name,
          namespace,
          labels,
          annotations,
          creationTimestamp,
          ownerReferences: [ownerReference(job)],
        },
        spec,
        status: status as unknown as Fields,
      });
    }
    return true;
  }
}

/** Includes the pod template: a Job with the same name and another template is a new run. */
function finishedJobKey({ metadata, spec }: Job): string {
  const { namespace, name } = metadata;
  const { labels, ...rest } = spec.template.metadata ?? {};
  return `${namespace}/${name}/${templateHash({
    ...spec.template,
    metadata: rest,
  })}`;
}
