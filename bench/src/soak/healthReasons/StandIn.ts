import type { RealCluster } from '../RealCluster';
import { completeObject } from './completeObject';
import { toPodStatus } from './toPodStatus';
import {
  applicationNameOf,
  argocdNamespaceOf,
  namespaceOf,
} from './scenarioNames';
import type { ScenarioEvent, Scenario } from './scenarioSchema';

/** The fields of a pod that the stand-in reads. */
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
 * Stands in for programs that do not run on the real platform: the kubelet, and the controllers of Kueue, Argo Rollouts and
 * a second Argo CD. It writes their statuses and events through the real API server.
 */
export class StandIn {
  readonly #cluster: RealCluster;
  readonly #written = new Set<string>();

  constructor(options: { cluster: RealCluster }) {
    this.#cluster = options.cluster;
  }

  /** Writes pod statuses and events once, and the statuses of controllers on every call, because real controllers may overwrite them. */
  async write(scenario: Scenario, pods: ListedPod[]): Promise<void> {
    for (const pod of pods) {
      await this.#writePod(scenario, pod);
    }
    for (const event of scenario.events) {
      if (event.about) {
        await this.#writeEvent(
          scenario,
          event,
          await this.#find(scenario, event.about),
        );
      }
    }
    for (const { kind, name, status } of scenario.statuses) {
      const object = await this.#find(scenario, { kind, name });
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
  async createOwned(scenario: Scenario): Promise<void> {
    for (const given of scenario.objects) {
      const { ownedBy, ...object } = completeObject(scenario, given);
      const owner = ownedBy && (await this.#find(scenario, ownedBy));
      if (
        owner &&
        !this.#written.has(`${scenario.name}/${object.metadata.name}`)
      ) {
        this.#written.add(`${scenario.name}/${object.metadata.name}`);
        await this.#cluster.send('POST', pathOf(scenario, object.kind), {
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

  async #writePod(scenario: Scenario, pod: ListedPod): Promise<void> {
    const { name, uid } = pod.metadata;
    const statuses =
      scenario.podStatus === undefined ? [] : [scenario.podStatus].flat();
    const given = statuses.find(each => name.includes(each.pods ?? ''));
    if (given && !this.#written.has(uid)) {
      this.#written.add(uid);
      await this.#cluster.send(
        'PATCH',
        `${pathOf(scenario, 'Pod')}/${name}/status`,
        { status: toPodStatus(given, new Date().toISOString()) },
      );
    }
    for (const event of scenario.events.filter(({ about }) => !about)) {
      await this.#writeEvent(scenario, event, { ...pod.metadata, kind: 'Pod' });
    }
  }

  async #writeEvent(
    scenario: Scenario,
    { reason, message, container }: ScenarioEvent,
    about: { kind: string; name: string; uid: string } | undefined,
  ): Promise<void> {
    const key = `${about?.uid}/${reason}/${message}`;
    if (!about || this.#written.has(key)) {
      return;
    }
    this.#written.add(key);
    const now = new Date().toISOString().replace(/\.\d+/, '');
    const { kind, name, uid } = about;
    const namespace = namespaceOf(scenario);
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
    scenario: Scenario,
    { kind, name }: { kind: string; name?: string },
  ): Promise<Found | undefined> {
    const isApplication = kind === 'Application';
    const own = isApplication ? applicationNameOf(scenario) : scenario.name;
    const path = `${pathOf(scenario, kind)}/${name ?? own}`;
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

function pathOf(scenario: Scenario, kind: string): string {
  return PATHS[kind].replace(
    'NAMESPACE',
    kind === 'Application'
      ? argocdNamespaceOf(scenario)
      : namespaceOf(scenario),
  );
}

/** Replaces `<now>` by the time. */
function stamp(status: object): object {
  return JSON.parse(
    JSON.stringify(status).replaceAll('<now>', new Date().toISOString()),
  );
}
