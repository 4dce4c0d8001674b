import { isDeepStrictEqual } from 'node:util';
import type { Controller } from '../controllers/ReconcileContext';
import {
  type KubernetesObject,
  count,
  items,
  text,
} from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import { type SampleData, readSampleData } from './sampleData';
import { createVulnerabilityReport } from './createVulnerabilityReport';

/** Duration of the scan of a new workload. */
const SCAN_SECONDS = 3;

/**
 * Simulates Trivy Operator: creates reports for the containers of current workloads from the sample data, and deletes
 * those of ReplicaSets without replicas. Reports of deleted workloads are garbage-collected.
 */
export function createImageScanner(
  sample: SampleData = readSampleData(),
): Controller {
  return ({ store, now, requeueAt }) => {
    const expectedReports = new Set<string>();
    for (const owner of scannedObjects(store)) {
      const due =
        Date.parse(owner.metadata.creationTimestamp) + SCAN_SECONDS * 1000;
      for (const container of containersOf(owner)) {
        const image = sample.images.get(text(container, 'image'));
        if (!image) {
          continue;
        }
        if (due > now) {
          requeueAt(due);
          continue;
        }
        const draft = createVulnerabilityReport({
          owner,
          container: text(container, 'name'),
          sample: image,
          date: sample.date,
        });
        const { namespace, name } = draft.metadata;
        expectedReports.add(`${namespace}/${name}`);
        const live = store.get('vulnerabilityreports', namespace, name);
        if (!live) {
          store.create(draft);
        } else if (
          !isDeepStrictEqual(live.metadata.labels, draft.metadata.labels) ||
          !isDeepStrictEqual(
            live.metadata.annotations,
            draft.metadata.annotations,
          )
        ) {
          // The workload, or the sample of a newer version of the sandbox, has changed.
          store.update({
            ...live,
            ...draft,
            metadata: { ...live.metadata, ...draft.metadata },
          });
        }
      }
    }
    for (const report of store.list('vulnerabilityreports')) {
      const { namespace, name } = report.metadata;
      if (!expectedReports.has(`${namespace}/${name}`)) {
        store.delete(report);
      }
    }
  };
}

/** Lists scanned workloads: current ReplicaSets, StatefulSets, DaemonSets, CronJobs, and Jobs without an owner. */
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

function containersOf(owner: KubernetesObject) {
  const template = owner.kind === 'CronJob' ? 'spec.jobTemplate.spec' : 'spec';
  return items(owner, `${template}.template.spec.containers`);
}
