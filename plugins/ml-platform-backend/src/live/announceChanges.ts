import {
  KUBERNETES_ID_LABEL,
  WORKLOAD_LABEL,
} from '@internal/plugin-ml-platform-common';
import {
  ownerOf,
  type ClusterStore,
  type ObjectChange,
  type ObjectType,
} from '@internal/plugin-ml-platform-node';
import type { LiveTopics } from './LiveTopics';

/** Changes are collected for this long, because a rollout changes the same objects many times. */
const COLLECT_MILLISECONDS = 100;

const REPORTS: ObjectType[] = [
  'vulnerabilityreports',
  'configauditreports',
  'exposedsecretreports',
];

/** The part of a change that topics depend on. Without `workload`, any workload of the namespace may be affected. */
interface ChangedNamespace {
  cluster: string;
  namespace: string;
  type: ObjectType;
  workload?: string;
}

/** Announces changes in the clusters under the topics of the teams that own the changed objects. */
export function announceChanges(store: ClusterStore, live: LiveTopics): void {
  const pending = new Map<string, ChangedNamespace>();

  store.subscribe(change => {
    if (!live.isWanted) {
      return;
    }
    announceOwned(change, live);
    for (const changed of changedNamespaces(change)) {
      if (pending.size === 0) {
        setTimeout(
          () => announcePending().catch(() => {}),
          COLLECT_MILLISECONDS,
        );
      }
      pending.set(JSON.stringify(Object.values(changed)), changed);
    }
  });

  async function announcePending() {
    const all = [...pending.values()];
    pending.clear();
    for (const { cluster, namespace, type, workload } of all) {
      const owner = await store.owner(cluster, namespace);
      if (owner) {
        announceFor(live, owner.team, type, workload);
      }
    }
  }
}

function changedNamespaces({ cluster, type, object, previous }: ObjectChange) {
  const namespace = (object ?? previous)?.metadata.namespace;
  if (namespace === undefined) {
    return [];
  }
  const workloads = new Set(
    [object, previous].flatMap(each =>
      each ? [each.metadata.labels?.[KUBERNETES_ID_LABEL]] : [],
    ),
  );
  return [...workloads].map(workload => ({
    cluster,
    namespace,
    type,
    workload,
  }));
}

/** Namespaces and Applications carry their owner; other objects belong to the owner of their namespace. */
function announceOwned(
  { type, object, previous }: ObjectChange,
  live: LiveTopics,
) {
  for (const each of [object, previous]) {
    const team = each && ownerOf(each)?.team;
    if (team !== undefined) {
      announceFor(live, team, type, each?.metadata.labels?.[WORKLOAD_LABEL]);
    }
  }
}

function announceFor(
  live: LiveTopics,
  team: string,
  type: ObjectType,
  workload: string | undefined,
) {
  if (REPORTS.includes(type)) {
    live.announce(`findings:${team}`);
    return;
  }
  live.announce(`team:${team}`);
  live.announceWorkloads(team, workload);
  if (type === 'pods' || type === 'cronjobs') {
    live.announce(`findings:${team}`);
  }
  if (type === 'pods' || type === 'jobs') {
    live.announce(`runs:${team}`);
  }
}
