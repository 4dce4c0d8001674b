import type { Controller } from '../controllers/ReconcileContext';
import {
  type KubernetesObject,
  count,
  items,
  text,
} from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import { type SampleData, readSampleData } from './sampleData';
import { vulnerabilityReport } from './vulnerabilityReport';

/** Seconds after which the operator's scan of a new workload is done. */
const SCAN_SECONDS = 3;

/**
 * Plays trivy-operator: reports for the containers of what runs now, out of the sample data. Old revisions lose theirs
 * with their replicas; owners that go take theirs along, by garbage collection.
 */
export function createImageScanner(
  sample: SampleData = readSampleData(),
): Controller {
  return ({ store, now, requeueAt }) => {
    const wanted = new Set<string>();
    for (const owner of scannedObjects(store)) {
      const due =
        Date.parse(owner.metadata.creationTimestamp) + SCAN_SECONDS * 1000;
      for (const container of containers(owner)) {
        const image = sample.images.get(text(container, 'image'));
        if (!image) {
          continue;
        }
        if (due > now) {
          requeueAt(due);
          continue;
        }
        const draft = vulnerabilityReport({
          owner,
          container: text(container, 'name'),
          sample: image,
          date: sample.date,
        });
        const { namespace, name } = draft.metadata;
        wanted.add(`${namespace}/${name}`);
        if (!store.get('vulnerabilityreports', namespace, name)) {
          store.create(draft);
        }
      }
    }
    for (const report of store.list('vulnerabilityreports')) {
      const { namespace, name } = report.metadata;
      if (!wanted.has(`${namespace}/${name}`)) {
        store.delete(report);
      }
    }
  };
}

/** What the operator scans: current ReplicaSets, StatefulSets, DaemonSets, CronJobs, and Jobs that nothing else owns. */
function scannedObjects(store: ObjectStore): KubernetesObject[] {
  return [
    ...store
      .list('replicasets')
      .filter(replicaSet => count(replicaSet, 'spec.replicas') > 0),
    ...store.list('statefulsets'),
    ...store.list('daemonsets'),
    ...store.list('cronjobs'),
    ...store.list('jobs').filter(job => !job.metadata.ownerReferences?.length),
  ];
}

function containers(owner: KubernetesObject) {
  const template = owner.kind === 'CronJob' ? 'spec.jobTemplate.spec' : 'spec';
  return items(owner, `${template}.template.spec.containers`);
}
