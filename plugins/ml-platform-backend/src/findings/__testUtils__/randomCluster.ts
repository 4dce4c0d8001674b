import type {
  ObjectChange,
  ObjectType,
  StoredObject,
} from '@internal/plugin-ml-platform-node';
import {
  ENVIRONMENT_LABEL,
  KUBERNETES_ID_LABEL,
  TEAM_LABEL,
} from '@internal/plugin-ml-platform-common';

/** A cluster store in memory, with the methods that the index uses. */
export class MemoryStore {
  readonly objects = new Map<string, { type: ObjectType; is: StoredObject }>();
  readonly #listeners: Array<(change: ObjectChange) => void> = [];

  clusters = () => ['sandbox'];
  freshness = () => ({ asOf: '2026-11-25T00:00:00Z' });
  subscribe = (listener: (change: ObjectChange) => void) => {
    this.#listeners.push(listener);
    return () => {};
  };
  list = async (
    _: string,
    type: ObjectType,
    filter?: { namespace?: string },
  ) => ({
    asOf: '2026-11-25T00:00:00Z',
    items: this.of(type).filter(
      ({ metadata }) =>
        filter?.namespace === undefined ||
        metadata.namespace === filter.namespace,
    ),
  });
  owner = async (_: string, name: string) => {
    const labels = this.of('namespaces').find(
      ({ metadata }) => metadata.name === name,
    )?.metadata.labels;
    const team = labels?.[TEAM_LABEL];
    return team
      ? { team, environment: labels?.[ENVIRONMENT_LABEL] ?? '' }
      : undefined;
  };

  of(type: ObjectType): StoredObject[] {
    return [...this.objects.values()]
      .filter(each => each.type === type)
      .map(({ is }) => is);
  }

  set(type: ObjectType, key: string, object: StoredObject | undefined) {
    const id = `${type}/${key}`;
    const previous = this.objects.get(id)?.is;
    if (object) {
      this.objects.set(id, { type, is: object });
    } else if (!this.objects.delete(id)) {
      return;
    }
    for (const listener of this.#listeners) {
      listener({ cluster: 'sandbox', type, object, previous });
    }
  }
}

export const findings = Array.from({ length: 12 }, (_, i) => ({
  vulnerabilityID: `CVE-2026-${Math.floor(i / 2)}`,
  resource: `lib-${i % 3}`,
  severity: ['CRITICAL', 'LOW', 'MEDIUM'][i % 3],
  fixedVersion: i % 4 ? '' : '2',
}));
/** Interned, as in the store. */
const containerLists = [0, 1, 2].map(image => [
  { name: 'main', image: `ghcr.io/acme/app-${image}:1` },
]);
const labels = [0, 1].map(i => ({ [KUBERNETES_ID_LABEL]: `workload-${i}` }));
const owners = [0, 1].map(i => [
  { kind: 'ReplicaSet', name: `rs-${i}`, uid: `uid-rs-${i}` },
]);
const digest = (number: number) => `sha256:${String(number).repeat(64)}`;

/** Changes a random object. */
export function change(store: MemoryStore, next: () => number) {
  const pick = (length: number) => Math.floor(next() * length);
  const namespace = `ns-${pick(3)}`;
  const name = `${pick(4)}`;
  const key = `${namespace}/${name}`;
  const metadata = { namespace, name, uid: key };
  const isGone = next() < 0.25;
  switch (pick(4)) {
    case 0:
      store.set(
        'namespaces',
        namespace,
        isGone
          ? undefined
          : {
              apiVersion: 'v1',
              kind: 'Namespace',
              metadata: {
                name: namespace,
                labels: {
                  [TEAM_LABEL]: `team-${pick(2)}`,
                  [ENVIRONMENT_LABEL]: 'dev',
                },
              },
            },
      );
      break;
    case 1:
      store.set(
        'cronjobs',
        key,
        isGone
          ? undefined
          : {
              apiVersion: 'batch/v1',
              kind: 'CronJob',
              metadata: { ...metadata, uid: `cronjob-${key}`, labels: {} },
              spec: {
                suspend: next() < 0.3,
                jobTemplate: {
                  spec: { template: { spec: podSpec(pick(3)) } },
                },
              },
            },
      );
      break;
    case 2:
      store.set(
        'pods',
        key,
        isGone
          ? undefined
          : {
              apiVersion: 'v1',
              kind: 'Pod',
              metadata: {
                ...metadata,
                labels: labels[pick(2)],
                ownerReferences: owners[pick(2)],
              },
              spec: podSpec(pick(3)),
              status: {
                phase: next() < 0.2 ? 'Succeeded' : 'Running',
                containerStatuses:
                  next() < 0.3
                    ? []
                    : [{ name: 'main', imageID: `x@${digest(pick(4))}` }],
              },
            },
      );
      break;
    default: {
      const owner =
        next() < 0.3
          ? { kind: 'CronJob', name, uid: `cronjob-${key}` }
          : { kind: 'ReplicaSet', ...pickReplicaSet(pick(3)) };
      const isApplied = next() < 0.1;
      store.set(
        'vulnerabilityreports',
        key,
        isGone
          ? undefined
          : {
              apiVersion: 'aquasecurity.github.io/v1alpha1',
              kind: 'VulnerabilityReport',
              metadata: {
                ...metadata,
                labels: {
                  'trivy-operator.container.name': 'main',
                  'trivy-operator.resource.kind': owner.kind,
                  'trivy-operator.resource.name': owner.name,
                  'trivy-operator.resource.namespace': namespace,
                },
                annotations: isApplied
                  ? { 'argocd.argoproj.io/tracking-id': 'x' }
                  : {},
                ownerReferences: [owner],
              },
              report: {
                updateTimestamp: `2026-11-${10 + pick(15)}T00:00:00Z`,
                registry: { server: 'ghcr.io' },
                artifact: {
                  repository: `acme/app-${pick(3)}`,
                  tag: '1',
                  digest: next() < 0.6 ? digest(pick(4)) : undefined,
                },
                vulnerabilities: findings.filter(() => next() < 0.4),
              },
            },
      );
    }
  }
}

/** The last one owns no pods and does not exist. */
function pickReplicaSet(i: number) {
  return { name: `rs-${i}`, uid: `uid-rs-${i}` };
}

function podSpec(image: number) {
  return { containers: containerLists[image] };
}
