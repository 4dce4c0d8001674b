import type { RealCluster } from '../RealCluster';
import {
  applicationNameOf,
  argocdNamespaceOf,
  completeObject,
  namespaceOf,
} from './completeObject';
import { podStatus } from './podStatus';
import type { EventRow, Row } from './rowSchema';

/** Part of a pod that the stand-in reads. */
export interface ListedPod {
  metadata: { name: string; namespace: string; uid: string };
  spec: { nodeName?: string };
}

const PATHS: Record<string, string> = {
  Pod: '/api/v1/namespaces/NAMESPACE/pods',
  PersistentVolumeClaim: '/api/v1/namespaces/NAMESPACE/persistentvolumeclaims',
  Deployment: '/apis/apps/v1/namespaces/NAMESPACE/deployments',
  ReplicaSet: '/apis/apps/v1/namespaces/NAMESPACE/replicasets',
  StatefulSet: '/apis/apps/v1/namespaces/NAMESPACE/statefulsets',
  DaemonSet: '/apis/apps/v1/namespaces/NAMESPACE/daemonsets',
  Job: '/apis/batch/v1/namespaces/NAMESPACE/jobs',
  CronJob: '/apis/batch/v1/namespaces/NAMESPACE/cronjobs',
  HorizontalPodAutoscaler:
    '/apis/autoscaling/v2/namespaces/NAMESPACE/horizontalpodautoscalers',
  Rollout: '/apis/argoproj.io/v1alpha1/namespaces/NAMESPACE/rollouts',
  Application: '/apis/argoproj.io/v1alpha1/namespaces/NAMESPACE/applications',
  ExternalSecret:
    '/apis/external-secrets.io/v1/namespaces/NAMESPACE/externalsecrets',
  Workload: '/apis/kueue.x-k8s.io/v1beta2/namespaces/NAMESPACE/workloads',
};

/**
 * Writes through the real API server what programs write that do not run here: the kubelet of a node without containers,
 * and the controllers of Kueue, Argo Rollouts and a second Argo CD.
 */
export class StandIn {
  readonly #cluster: RealCluster;
  readonly #written = new Set<string>();

  constructor(options: { cluster: RealCluster }) {
    this.#cluster = options.cluster;
  }

  /** Does what is due for a row: each pod and each event once, statuses of controllers each time. */
  async write(row: Row, pods: ListedPod[]): Promise<void> {
    for (const pod of pods) {
      await this.#writePod(row, pod);
    }
    for (const event of row.events) {
      if (event.about) {
        await this.#writeEvent(row, event, await this.#find(row, event.about));
      }
    }
    for (const { kind, name, status } of row.written) {
      const object = await this.#find(row, { kind, name });
      if (object) {
        await this.#cluster.send(
          'PATCH',
          // The definition of Applications has no sub-resource for the status.
          `${object.path}${kind === 'Application' ? '' : '/status'}`,
          { status: stamp(status) },
        );
      }
    }
  }

  /** Creates objects that need the uid of their owner, as a controller does. */
  async createOwned(row: Row): Promise<void> {
    for (const given of row.objects) {
      const { ownedBy, ...object } = completeObject(row, given);
      const owner = ownedBy && (await this.#find(row, ownedBy));
      if (owner && !this.#written.has(`${row.name}/${object.metadata.name}`)) {
        this.#written.add(`${row.name}/${object.metadata.name}`);
        await this.#cluster.send('POST', pathOf(row, object.kind), {
          ...object,
          metadata: {
            ...object.metadata,
            ownerReferences: [
              {
                apiVersion: owner.apiVersion,
                kind: ownedBy.kind,
                name: ownedBy.name,
                uid: owner.uid,
                controller: true,
              },
            ],
          },
        });
      }
    }
  }

  async #writePod(row: Row, pod: ListedPod): Promise<void> {
    const { name, uid } = pod.metadata;
    const rows = row.kubelet === undefined ? [] : [row.kubelet].flat();
    const kubelet = rows.find(each => name.includes(each.pods ?? ''));
    if (kubelet && !this.#written.has(uid)) {
      this.#written.add(uid);
      await this.#cluster.send(
        'PATCH',
        `${pathOf(row, 'Pod')}/${name}/status`,
        { status: podStatus(kubelet, new Date().toISOString()) },
      );
    }
    for (const event of row.events.filter(({ about }) => !about)) {
      await this.#writeEvent(row, event, { ...pod.metadata, kind: 'Pod' });
    }
  }

  async #writeEvent(
    row: Row,
    { reason, message, container }: EventRow,
    about: { kind: string; name: string; uid: string } | undefined,
  ): Promise<void> {
    const key = `${about?.uid}/${reason}/${message}`;
    if (!about || this.#written.has(key)) {
      return;
    }
    this.#written.add(key);
    const now = new Date().toISOString().replace(/\.\d+/, '');
    const { kind, name, uid } = about;
    const namespace = namespaceOf(row);
    await this.#cluster.send('POST', `/api/v1/namespaces/${namespace}/events`, {
      metadata: { generateName: `${name}.` },
      type: 'Warning',
      involvedObject: {
        kind,
        name,
        uid,
        namespace,
        ...(container && { fieldPath: `spec.containers{${container}}` }),
      },
      reason,
      message,
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      source: { component: 'soak' },
    });
  }

  async #find(
    row: Row,
    { kind, name }: { kind: string; name?: string },
  ): Promise<Found | undefined> {
    const isApplication = kind === 'Application';
    const own = isApplication ? applicationNameOf(row) : row.name;
    const path = `${pathOf(row, kind)}/${name ?? own}`;
    const { metadata, apiVersion } = (await this.#cluster.send(
      'GET',
      path,
    )) as { metadata: { name: string; uid?: string }; apiVersion: string };
    return metadata.uid === undefined
      ? undefined
      : { path, kind, apiVersion, name: metadata.name, uid: metadata.uid };
  }
}

interface Found {
  path: string;
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
}

function pathOf(row: Row, kind: string): string {
  return PATHS[kind].replace(
    'NAMESPACE',
    kind === 'Application' ? argocdNamespaceOf(row) : namespaceOf(row),
  );
}

/** Replaces `<now>` by the time. */
function stamp(status: object): object {
  return JSON.parse(
    JSON.stringify(status).replaceAll('<now>', new Date().toISOString()),
  );
}
