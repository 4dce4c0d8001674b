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

/** Jobs that Git asked for and that ran to their end, kept across restarts of the sandbox. */
export class FinishedJobs {
  readonly #state: SavedState<FinishedJob>;

  constructor(state: SavedState<FinishedJob>) {
    this.#state = state;
  }

  remember(job: Job, pods: Pod[]): void {
    // The Jobs of a CronJob are not asked for again after a restart.
    if (job.metadata.ownerReferences?.length || this.#state.get(keyOf(job))) {
      return;
    }
    const { creationTimestamp } = job.metadata;
    this.#state.set(keyOf(job), {
      status: job.status ?? {},
      creationTimestamp,
      pods: pods.map(({ metadata, spec, status }) => ({
        metadata,
        spec,
        status,
      })),
    });
  }

  /** Makes a new Job what it was when it ended; false when it never ran. */
  restore(store: ObjectStore, job: Job): boolean {
    const finished = this.#state.get(keyOf(job));
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

/** Another template under the same name is another run. */
function keyOf({ metadata, spec }: Job): string {
  const { namespace, name } = metadata;
  const { labels, ...rest } = spec.template.metadata ?? {};
  return `${namespace}/${name}/${templateHash({
    ...spec.template,
    metadata: rest,
  })}`;
}
