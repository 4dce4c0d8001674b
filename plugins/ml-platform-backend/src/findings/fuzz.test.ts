import { TEAM_LABEL } from '@internal/plugin-ml-platform-common';
import { seededFractions } from '@internal/plugin-ml-platform-node/testing';
import { change, findings, MemoryStore } from './__testUtils__/randomCluster';
import { FindingsIndex } from './FindingsIndex';
import { groupVulnerabilities } from './groupVulnerabilities';
import { imagesInScope } from './scope';

/** Images and vulnerabilities of an index, sorted. */
function describeIndex(index: FindingsIndex) {
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

/** The rules in their simplest form: number of a team's images with each vulnerability. */
function countImages(store: MemoryStore, team: string): Record<string, number> {
  const teamOf = (namespace: string | undefined) =>
    store.of('namespaces').find(({ metadata }) => metadata.name === namespace)
      ?.metadata.labels?.[TEAM_LABEL];
  const exists = (namespace: string | undefined, uid: string) =>
    store
      .of('cronjobs')
      .concat(store.of('pods'))
      .some(
        ({ metadata }) =>
          metadata.namespace === namespace &&
          [metadata.uid, metadata.ownerReferences?.[0].uid].includes(uid),
      );
  const reports = store
    .of('vulnerabilityreports')
    .filter(
      ({ metadata }) =>
        teamOf(metadata.namespace) === team &&
        Object.keys(metadata.annotations ?? {}).length === 0 &&
        exists(metadata.namespace, metadata.ownerReferences![0].uid),
    )
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
      runs: true,
    })),
  ].filter(({ runs, namespace }) => runs && teamOf(namespace) === team);
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
    return { ...each, identity: known ?? each.image };
  });
  const found: Record<string, number> = {};
  for (const identity of new Set(named.map(each => each.identity))) {
    const same = named.filter(each => each.identity === identity);
    const report =
      reports.find(({ digest: of }) => of === identity) ??
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
    'equals a new index after any changes (seed %i)',
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

        expect(describeIndex(index)).toEqual(describeIndex(fresh));
        for (const team of ['team-0', 'team-1']) {
          const images = imagesInScope(index, {
            includes: each => each === team,
          });
          const { all } = groupVulnerabilities(index.table, images, () => 0);
          const counted = all.map(({ vulnerability, images: count }) => [
            index.table.ids[vulnerability],
            count,
          ]);
          expect(Object.fromEntries(counted)).toEqual(countImages(store, team));
        }
        found += describeIndex(fresh)[2].groups.length;
      }
      expect(found).toBeGreaterThan(50);
    },
  );

  it('releases what no object needs any more', async () => {
    const next = seededFractions(1);
    const store = new MemoryStore();
    const index = new FindingsIndex({ store: store as never });
    for (let i = 0; i < 300; i += 1) {
      change(store, next);
      await index.refresh();
    }
    const numbers = () =>
      findings.map(({ vulnerabilityID }) =>
        index.table.numberOf(vulnerabilityID),
      );
    expect(numbers()).toContainEqual(expect.any(Number));

    for (const [id, { type }] of [...store.objects]) {
      store.set(type, id.slice(type.length + 1), undefined);
    }
    await index.refresh();

    expect([...index.images.all()]).toEqual([]);
    expect(numbers()).not.toContainEqual(expect.any(Number));
  });
});
