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
import { seededFractions } from '@internal/plugin-ml-platform-node/testing';
import { FindingsIndex } from './FindingsIndex';
import { groupVulnerabilities } from './groupVulnerabilities';
import { imagesInScope } from './scope';

/** As much of a cluster store as the index uses, without a cluster. */
class MemoryStore {
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

const findings = Array.from({ length: 12 }, (_, i) => ({
  vulnerabilityID: `CVE-2026-${Math.floor(i / 2)}`,
  resource: `lib-${i % 3}`,
  severity: ['CRITICAL', 'LOW', 'MEDIUM'][i % 3],
  fixedVersion: i % 4 ? '' : '2',
}));
/** Equal parts are one, as in the store. */
const containerLists = [0, 1, 2].map(image => [
  { name: 'main', image: `ghcr.io/acme/app-${image}:1` },
]);
const labels = [0, 1].map(i => ({ [KUBERNETES_ID_LABEL]: `workload-${i}` }));
const owners = [0, 1].map(i => [
  { kind: 'ReplicaSet', name: `rs-${i}`, uid: 'x' },
]);
const digest = (number: number) => `sha256:${String(number).repeat(64)}`;

function change(store: MemoryStore, next: () => number) {
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
              metadata: { ...metadata, labels: {} },
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
    default:
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
                labels: { 'trivy-operator.container.name': 'main' },
                ownerReferences: [
                  next() < 0.3
                    ? { kind: 'CronJob', name, uid: 'x' }
                    : { kind: 'ReplicaSet', name: `rs-${pick(2)}`, uid: 'x' },
                ],
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

function podSpec(image: number) {
  return { containers: containerLists[image] };
}

/** What an index says, in an order of its own. */
function described(index: FindingsIndex) {
  return ['team-0', 'team-1', undefined].map(team => {
    const images = imagesInScope(index, { includes: () => true, team });
    const { all } = groupVulnerabilities(index.table, images, () => undefined);
    return {
      images: images
        .map(({ identity, uses, report }) => ({
          identity,
          report: report?.object.metadata,
          uses: uses
            .map(({ place, workload, container, image }) =>
              [place.team, place.namespace, workload, container, image].join(),
            )
            .sort(),
        }))
        .sort((a, b) => a.identity.localeCompare(b.identity)),
      groups: all
        .map(({ vulnerability, worst: _, ...group }) => ({
          ...group,
          id: index.table.ids[vulnerability],
          findings: index.table.findingsOf[vulnerability].length > 0,
        }))
        .sort((a, b) => a.id.localeCompare(b.id)),
    };
  });
}

/** The rules once more, as plain as can be: how many images each vulnerability is in, for one team. */
function imagesWith(store: MemoryStore, team: string): Record<string, number> {
  const teamOf = (namespace: string | undefined) =>
    store.of('namespaces').find(({ metadata }) => metadata.name === namespace)
      ?.metadata.labels?.[TEAM_LABEL];
  const reports = store
    .of('vulnerabilityreports')
    .filter(({ metadata }) => teamOf(metadata.namespace))
    .map(({ metadata, report }) => {
      const { updateTimestamp, artifact, vulnerabilities } = report as any;
      return {
        ...metadata,
        order: `${updateTimestamp} ${metadata.namespace}/${metadata.name}`,
        scanned: metadata.ownerReferences?.[0],
        image: `ghcr.io/${artifact.repository}:${artifact.tag}`,
        digest: artifact.digest,
        ids: new Set<string>(
          vulnerabilities.map((each: any) => each.vulnerabilityID),
        ),
      };
    })
    .sort((a, b) => (a.order < b.order ? 1 : -1));
  const containers = [
    ...store.of('pods').map(({ metadata, spec, status }: any) => ({
      namespace: metadata.namespace,
      resource: metadata.ownerReferences[0],
      image: spec.containers[0].image,
      pulled: status.containerStatuses[0]?.imageID.slice(2),
      runs: status.phase === 'Running',
    })),
    ...store.of('cronjobs').map(({ metadata, spec }: any) => ({
      namespace: metadata.namespace,
      resource: { kind: 'CronJob', name: metadata.name },
      image: spec.jobTemplate.spec.template.spec.containers[0].image,
      pulled: undefined,
      runs: !spec.suspend,
    })),
  ].filter(({ runs, namespace }) => runs && teamOf(namespace));
  const named = containers.map(each => {
    const pulled = new Set(
      containers
        .filter(
          ({ namespace, image }) =>
            namespace === each.namespace && image === each.image,
        )
        .flatMap(other => other.pulled ?? []),
    );
    const known =
      each.pulled ?? (pulled.size === 1 ? [...pulled][0] : undefined);
    const own = known === undefined ? teamOf(each.namespace) : undefined;
    return { ...each, identity: known ?? each.image, own };
  });
  const found: Record<string, number> = {};
  const identities = new Set(
    named
      .filter(({ namespace }) => teamOf(namespace) === team)
      .map(({ identity }) => identity),
  );
  for (const identity of identities) {
    const same = named.filter(
      each =>
        each.identity === identity &&
        (each.own === undefined || each.own === team),
    );
    const report =
      reports.find(
        ({ digest: of, namespace }) =>
          of === identity &&
          (same[0].own === undefined || teamOf(namespace) === team),
      ) ??
      reports.find(({ namespace, scanned, image }) =>
        same.some(
          each =>
            each.namespace === namespace &&
            each.image === image &&
            each.resource.kind === scanned?.kind &&
            each.resource.name === scanned?.name,
        ),
      );
    for (const id of report?.ids ?? []) {
      found[id] = (found[id] ?? 0) + 1;
    }
  }
  return found;
}

describe('FindingsIndex', () => {
  const seeds = Number(process.env.FUZZ_SEEDS ?? 20);
  it.each(Array.from({ length: seeds }, (_, seed) => seed))(
    'says after changes what one says that begins now (seed %i)',
    async seed => {
      const next = seededFractions(seed);
      const store = new MemoryStore();
      const index = new FindingsIndex({ store: store as never });
      let found = 0;
      for (let round = 0; round < 60; round += 1) {
        for (let i = Math.floor(next() * 8); i >= 0; i -= 1) {
          change(store, next);
        }
        const refreshed = index.refresh();
        change(store, next);
        await refreshed;
        await index.refresh();
        const fresh = new FindingsIndex({ store: store as never });
        await fresh.refresh();

        expect(described(index)).toEqual(described(fresh));
        for (const team of ['team-0', 'team-1']) {
          const images = imagesInScope(index, {
            includes: each => each === team,
          });
          const { all } = groupVulnerabilities(index.table, images, () => 0);
          const counted = all.map(({ vulnerability, images: count }) => [
            index.table.ids[vulnerability],
            count,
          ]);
          expect(Object.fromEntries(counted)).toEqual(imagesWith(store, team));
        }
        found += described(fresh)[2].groups.length;
      }
      expect(found).toBeGreaterThan(50);
    },
  );

  it('gives back what it no longer needs', async () => {
    const next = seededFractions(1);
    const store = new MemoryStore();
    const index = new FindingsIndex({ store: store as never });
    for (let i = 0; i < 300; i += 1) {
      change(store, next);
      await index.refresh();
    }
    expect(index.table.numberOf('CVE-2026-1')).toBeDefined();

    for (const [id, { type }] of [...store.objects]) {
      store.set(type, id.slice(type.length + 1), undefined);
    }
    await index.refresh();

    expect([...index.images.all()]).toEqual([]);
    for (const { vulnerabilityID } of findings) {
      expect(index.table.numberOf(vulnerabilityID)).toBeUndefined();
    }
  });
});
