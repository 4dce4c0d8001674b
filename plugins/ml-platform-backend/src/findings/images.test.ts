import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import { digest } from '../__testUtils__/reports';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';
import { OF_DATA, SHARED, twoTeams } from './__testUtils__/twoTeams';

describe('images of all teams', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  const get = async (person: string, path: string) => {
    const { status, body } = await platform.get(person, path);
    expect({ path, status }).toEqual({ path, status: 200 });
    return body;
  };

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = twoTeams();
    platform = await startMlPlatform({ kubernetes });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  it('counts an image once under all its names, with the state of its report', async () => {
    kubernetes.objects.push({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'scan-vulnerabilityreport-1',
        namespace: 'trivy-system',
        labels: {
          'app.kubernetes.io/managed-by': 'trivy-operator',
          'trivy-operator.resource.kind': 'ReplicaSet',
          'trivy-operator.resource.name': 'fresh-1',
          'trivy-operator.resource.namespace': 'app-data-team',
        },
      },
      status: { conditions: [{ type: 'Failed', status: 'True' }] },
    });
    const loader = kubernetes.objects.find(
      ({ kind, metadata }) =>
        kind === 'VulnerabilityReport' && metadata.name.includes('loader'),
    );
    Object.assign(loader?.report as object, {
      updateTimestamp: new Date().toISOString(),
    });

    const images = await get('security-engineer', '/images?sort=image');
    const failed = await get('data-engineer', '/images?report=failed');

    expect(images.reports).toEqual({
      present: 1,
      stale: 2,
      none: 0,
      failed: 1,
    });
    expect(images.total).toBe(4);
    const [shared] = images.items.filter(
      (image: { digest?: string }) => image.digest === SHARED,
    );
    expect(shared).toMatchObject({
      report: 'stale',
      counts: { HIGH: 1, LOW: 1 },
      fixable: 1,
      placeCount: 2,
    });
    expect(
      shared.places.map(({ team }: { team: string }) => team).sort(),
    ).toEqual(['app-data-team', 'app-ml-team']);
    expect(failed.items).toMatchObject([{ image: 'ghcr.io/acme/fresh:1' }]);
  });

  it("ignores a failed scan of another team's namespace", async () => {
    kubernetes.objects.push({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'fake',
        namespace: 'app-ml-team',
        labels: {
          'app.kubernetes.io/managed-by': 'trivy-operator',
          'trivy-operator.resource.kind': 'ReplicaSet',
          'trivy-operator.resource.name': 'fresh-1',
          'trivy-operator.resource.namespace': 'app-data-team',
        },
      },
      status: { conditions: [{ type: 'Failed', status: 'True' }] },
    });

    const { reports } = await get('data-engineer', '/images');

    expect(reports).toMatchObject({ none: 1, failed: 0 });
  });

  it('compares two images that the caller may see', async () => {
    const path = `/images/difference?from=${SHARED}&to=${OF_DATA}`;
    const difference = await get('data-engineer', path);
    const foreign = await platform.get('ml-engineer', path);
    const unknown = await platform.get(
      'ml-engineer',
      `/images/difference?from=${SHARED}&to=${digest('e')}`,
    );

    expect(
      difference.items.map(({ change, id, package: name }: any) =>
        [change, id, name].join(' '),
      ),
    ).toEqual([
      'new CVE-2026-10 secret-library',
      'new CVE-2026-7 openssl',
      'gone CVE-2026-10 openssl',
      'gone CVE-2026-9 openssl',
    ]);
    expect(difference.counts).toMatchObject({
      gone: { HIGH: 1, LOW: 1 },
      new: { CRITICAL: 2 },
      kept: { CRITICAL: 0 },
    });
    expect(
      (await get('data-engineer', `${path}&change=gone&limit=1`)).items,
    ).toHaveLength(1);
    const named = await get(
      'data-engineer',
      `/images/difference?${new URLSearchParams({
        from: difference.from.image,
        to: difference.to.image,
      })}`,
    );
    expect(named.counts).toEqual(difference.counts);
    const partOfName = await platform.get(
      'data-engineer',
      `/images/difference?from=${difference.from.image.slice(1)}&to=${OF_DATA}`,
    );
    expect(partOfName.status).toBe(404);
    expect(foreign.status).toBe(404);
    expect(foreign.body.error.message).toBe(unknown.body.error.message);
  });

  it('reports a type that is forbidden, shows the rest, and reads the type once it is allowed', async () => {
    await platform.stop();
    kubernetes.failures = { vulnerabilityreports: 403 };
    platform = await startMlPlatform({ kubernetes });
    const without = await get('ml-engineer', '/images');
    kubernetes.failures = {};

    const { reports } = await get('ml-engineer', '/images');

    expect(without).toMatchObject({
      reports: { none: 2, stale: 0 },
      freshness: { stale: true, problems: [{ kind: 'forbidden' }] },
    });
    expect(reports).toMatchObject({ none: 0, stale: 2 });
  });

  it('takes an image without a tag for the latest', async () => {
    const container = (name: string, image: string) =>
      fakeObjects.ofWorkload(name, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'app-ml-team' },
        spec: { containers: [{ name: 'main', image }] },
        status: { phase: 'Pending' },
      });
    kubernetes.objects.push(
      container('a', 'python'),
      container('b', 'docker.io/library/python:latest'),
    );

    const { items } = await get('ml-engineer', '/images?search=python');

    expect(items).toMatchObject([{ placeCount: 2 }]);
    expect(items[0].digest).toBeUndefined();
  });
});
