import { setTimeout as delay } from 'node:timers/promises';
import {
  createTestStore,
  FakeKubernetes,
  type FakeObject,
  seededIntegers,
} from '../../testing';
import type { KubernetesClusterStore } from '../KubernetesClusterStore';

const SEEDS = Number(process.env.FUZZ_SEEDS ?? 10);
const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 6);
const STEPS_PER_ROUND = 60;
const TEAMS = ['a', 'b', 'c'];

/** The expected state of the store, from that of the server. */
function modelOf(kubernetes: FakeKubernetes) {
  const versions = (objects: FakeObject[]) =>
    objects
      .map(
        ({ metadata }) =>
          `${metadata.namespace}/${metadata.name}@${metadata.resourceVersion}`,
      )
      .sort();
  const pods = kubernetes.list('Pod');
  const namespaces = kubernetes.list('Namespace');
  return {
    pods: versions(pods),
    byTeam: TEAMS.map(team => {
      const owned = namespaces
        .filter(
          ({ metadata }) =>
            (metadata.labels as Record<string, string>)[
              'ml-platform.io/team'
            ] === team,
        )
        .map(({ metadata }) => metadata.name);
      return versions(
        pods.filter(({ metadata }) => owned.includes(metadata.namespace ?? '')),
      );
    }),
    byWorkload: TEAMS.map(workload =>
      versions(
        pods.filter(
          ({ metadata }) =>
            (metadata.labels as Record<string, string>)[
              'backstage.io/kubernetes-id'
            ] === workload,
        ),
      ),
    ),
  };
}

async function stateOf(store: KubernetesClusterStore) {
  const versions = async (filter: object) =>
    (await store.list('one', 'pods', filter)).items
      .map(
        ({ metadata }) =>
          `${metadata.namespace}/${metadata.name}@${metadata.resourceVersion}`,
      )
      .sort();
  return {
    pods: await versions({}),
    byTeam: await Promise.all(TEAMS.map(team => versions({ team }))),
    byWorkload: await Promise.all(
      TEAMS.map(workload => versions({ workload })),
    ),
  };
}

/** Applies a random event to a cluster or to the connection to it. */
function step(kubernetes: FakeKubernetes, pick: (below: number) => number) {
  const { objects } = kubernetes;
  const any = objects[pick(objects.length)];
  const team = TEAMS[pick(TEAMS.length)];
  switch (pick(14)) {
    case 0:
    case 1:
    case 2:
    case 3:
      objects.push({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: `pod-${pick(1_000_000)}`,
          namespace: `namespace-${pick(6)}`,
          labels: { 'backstage.io/kubernetes-id': team },
        },
      });
      break;
    case 4:
    case 5:
    case 6:
      any.metadata.labels = {
        'ml-platform.io/team': team,
        'ml-platform.io/environment': 'dev',
        'backstage.io/kubernetes-id': TEAMS[pick(TEAMS.length)],
      };
      any.status = { phase: String(pick(1000)) };
      break;
    case 7:
    case 8:
    case 9:
      if (objects.length > 10) {
        objects.splice(pick(objects.length), 1);
      }
      break;
    case 10: {
      const [known] = kubernetes.list('Pod');
      if (known) {
        kubernetes.send('ADDED', known);
        kubernetes.send('MODIFIED', known);
      }
      break;
    }
    case 11:
      kubernetes.resetWatches();
      break;
    case 12:
      // A deletion without a watch is only noticed by its absence.
      kubernetes.resetWatches();
      objects.splice(pick(objects.length), 1);
      kubernetes.forgetHistory();
      break;
    default:
      kubernetes.behaviour = ([500, 'normal', 'normal'] as const)[pick(3)];
  }
}

describe('a store and its cluster', () => {
  it.each(Array.from({ length: SEEDS }, (_, seed) => seed + 1))(
    'are equal whenever the store has settled (seed %i)',
    async seed => {
      const pick = seededIntegers(seed);
      const kubernetes = await FakeKubernetes.start();
      kubernetes.objects = Array.from({ length: 6 }, (_, i) => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: `namespace-${i}`,
          labels: {
            'ml-platform.io/team': TEAMS[i % TEAMS.length],
            'ml-platform.io/environment': 'dev',
          },
        },
      }));
      const timing = { backoffMs: [1, 20] as [number, number] };
      let store = createTestStore({ one: kubernetes }, timing);
      try {
        for (let round = 0; round < ROUNDS; round += 1) {
          for (let i = 0; i < STEPS_PER_ROUND; i += 1) {
            step(kubernetes, pick);
            if (pick(4) === 0) {
              await delay(pick(8));
            }
          }
          if (pick(4) === 0) {
            await store.stop();
            store = createTestStore({ one: kubernetes }, timing);
          }
          kubernetes.behaviour = 'normal';
          await kubernetes.settled(store);

          expect(await stateOf(store)).toEqual(modelOf(kubernetes));
        }
      } finally {
        await store.stop();
        await kubernetes.stop();
      }
    },
    240_000,
  );
});
