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

/** Changes are gathered for so long: a roll-out changes the same things again and again. */
const GATHER_MILLISECONDS = 100;

const REPORTS: ObjectType[] = [
  'vulnerabilityreports',
  'configauditreports',
  'exposedsecretreports',
];

/** What changed, as far as topics depend on it. `workload` is absent where it may be any of the namespace. */
interface AffectedTeams {
  cluster: string;
  namespace: string;
  type: ObjectType;
  workload?: string;
}

/** Announces what changes in the clusters under the topics of the teams that own it. */
export function announceChanges(store: ClusterStore, live: LiveTopics): void {
  const gathered = new Map<string, AffectedTeams>();

  store.subscribe(change => {
    if (!live.isWanted) {
      return;
    }
    announceOwned(change, live);
    for (const touched of touchedBy(change)) {
      if (gathered.size === 0) {
        setTimeout(
          () => announceGathered().catch(() => {}),
          GATHER_MILLISECONDS,
        );
      }
      gathered.set(JSON.stringify(Object.values(touched)), touched);
    }
  });

  async function announceGathered() {
    const all = [...gathered.values()];
    gathered.clear();
    for (const { cluster, namespace, type, workload } of all) {
      const owner = await store.owner(cluster, namespace);
      if (owner) {
        announceFor(live, owner.team, type, workload);
      }
    }
  }
}

function touchedBy({ cluster, type, object, previous }: ObjectChange) {
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

/** Announces changes of Namespaces and Applications, which carry their owner. */
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
