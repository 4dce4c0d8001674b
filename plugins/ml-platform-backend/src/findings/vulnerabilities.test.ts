import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import {
  digest,
  report,
  service,
  vulnerability,
} from '../__testUtils__/reports';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

const SHARED = digest('a');
const OF_ML = digest('b');
const OF_DATA = digest('c');

/** Two teams, which run one image in common, and one each that the other must not hear of. */
function objects() {
  const mlShared = service({
    name: 'proxy',
    namespace: 'app-ml-team',
    image: 'ghcr.io/acme/proxy:1',
    pulled: SHARED,
  });
  const ml = service({
    name: 'scorer',
    namespace: 'app-ml-team-dev',
    image: 'ghcr.io/acme/scorer:1.0.0',
    pulled: OF_ML,
  });
  const dataShared = service({
    name: 'gateway',
    namespace: 'app-data-team',
    image: 'ghcr.io/mirror/proxy:1',
    pulled: SHARED,
  });
  const data = service({
    name: 'loader',
    namespace: 'app-data-team',
    image: 'ghcr.io/acme/loader:7',
    pulled: OF_DATA,
  });
  const unscanned = service({
    name: 'fresh',
    namespace: 'app-data-team',
    image: 'ghcr.io/acme/fresh:1',
  });
  return [
    fakeObjects.namespace('app-ml-team', 'dev', 'app-ml-team-dev'),
    fakeObjects.namespace('app-ml-team', 'prod', 'app-ml-team'),
    fakeObjects.namespace('app-data-team', 'prod', 'app-data-team'),
    ...[mlShared, ml, dataShared, data, unscanned].flatMap(({ owner, pod }) => [
      owner,
      pod,
    ]),
    report(
      mlShared.owner,
      'server',
      [
        vulnerability('CVE-2026-9', 'LOW', { score: 3 }),
        vulnerability('CVE-2026-10', 'HIGH', {
          score: 7.5,
          fixedVersion: '3.0.2',
        }),
      ],
      { repository: 'acme/proxy', tag: '1', digest: SHARED },
    ),
    // By tag, as for most images: then the digest is of the image's configuration, which no node tells.
    report(
      ml.owner,
      'server',
      [
        vulnerability('CVE-2026-10', 'MEDIUM', { resource: 'libssl' }),
        vulnerability('CVE-2026-1', 'CRITICAL', {
          resource: 'torch',
          primaryLink: 'https://avd.aquasec.com/nvd/cve-2026-1',
        }),
      ],
      { digest: digest('d') },
    ),
    report(
      data.owner,
      'server',
      [
        vulnerability('CVE-2026-10', 'CRITICAL', {
          score: 9.9,
          resource: 'secret-library',
          title: 'Only the data team may read this',
        }),
        vulnerability('CVE-2026-7', 'CRITICAL', { fixedVersion: '2' }),
      ],
      { repository: 'acme/loader', tag: '7', digest: OF_DATA },
    ),
  ];
}

describe('findings over all teams', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  const get = async (person: string, path: string) => {
    const { status, body } = await platform.get(person, path);
    expect({ path, status }).toEqual({ path, status: 200 });
    return body;
  };
  const ids = async (person: string, query = '') =>
    (await get(person, `/vulnerabilities${query}`)).items.map(
      ({ id }: { id: string }) => id,
    );

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = objects();
    platform = await startMlPlatform({ kubernetes });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  it('shows each vulnerability once, with what the caller may see of it', async () => {
    const ml = await get('ml-engineer', '/vulnerabilities');
    const security = await get('security-engineer', '/vulnerabilities');

    expect(ml).toMatchObject({
      total: 3,
      fixable: 1,
      counts: { CRITICAL: 1, HIGH: 1, MEDIUM: 0, LOW: 1, UNKNOWN: 0 },
    });
    expect(ml.items.map(({ id }: { id: string }) => id)).toEqual([
      'CVE-2026-1',
      'CVE-2026-10',
      'CVE-2026-9',
    ]);
    expect(ml.items[1]).toEqual({
      id: 'CVE-2026-10',
      severity: 'HIGH',
      score: 7.5,
      title: 'Title of CVE-2026-10',
      packages: [
        { name: 'libssl', installedVersions: ['3.0.1'], fixedVersions: [] },
        {
          name: 'openssl',
          installedVersions: ['3.0.1'],
          fixedVersions: ['3.0.2'],
        },
      ],
      packageCount: 2,
      fixable: true,
      images: 2,
      workloads: 2,
      teams: 1,
      lastSeen: '2026-11-19T00:00:00.000Z',
    });
    expect(security.total).toBe(4);
    expect(security.counts).toMatchObject({ CRITICAL: 3, LOW: 1 });
    expect(
      security.items.find(({ id }: { id: string }) => id === 'CVE-2026-10'),
    ).toMatchObject({
      severity: 'CRITICAL',
      score: 9.9,
      images: 3,
      workloads: 4,
      teams: 2,
      packageCount: 3,
    });
  });

  it('never tells one team of the other: not in lists, numbers, search, sorting or details', async () => {
    const paths = [
      '/vulnerabilities',
      '/vulnerabilities?search=Only+the+data',
      '/vulnerabilities?package=secret-library',
      '/vulnerabilities?team=app-data-team',
      '/vulnerabilities?image=loader',
      `/vulnerabilities?image=${OF_DATA}`,
      '/vulnerabilities?sort=affected',
      '/vulnerabilities/CVE-2026-10',
      '/vulnerabilities/CVE-2026-9',
      '/findings/summary',
      '/images',
      '/images?search=loader',
      '/images?team=app-data-team',
    ];
    const answers = async () =>
      Promise.all(
        paths.map(async path => {
          const { freshness, ...answer } = await get('ml-engineer', path);
          return answer;
        }),
      );
    const before = await answers();

    kubernetes.objects = kubernetes.objects.filter(
      ({ metadata }) => metadata.namespace !== 'app-data-team',
    );

    expect(await answers()).toEqual(before);
    expect(JSON.stringify(before)).not.toMatch(
      /data|loader|gateway|mirror|secret-library|CVE-2026-7|fresh/,
    );
    expect((await get('security-engineer', paths[0])).total).toBe(3);
    for (const path of ['/vulnerabilities/CVE-2026-7', '/vulnerabilities/X']) {
      expect((await platform.get('ml-engineer', path)).status).toBe(404);
    }
  });

  it('tells a team nothing of an image that it only names', async () => {
    const probe = service({
      name: 'probe',
      namespace: 'app-ml-team-dev',
      image: 'ghcr.io/acme/loader:7',
    });
    const pinned = service({
      name: 'pinned',
      namespace: 'app-ml-team-dev',
      image: `ghcr.io/acme/loader:7@${OF_DATA}`,
    });
    kubernetes.objects.push(probe.pod, pinned.pod);

    expect(await ids('ml-engineer', '?workload=probe')).toEqual([]);
    expect(await ids('ml-engineer', '?workload=pinned')).toEqual([]);
    expect(
      await ids('security-engineer', '?workload=pinned&team=app-ml-team'),
    ).toEqual([]);
  });

  it.each([
    ['?severity=CRITICAL,LOW', ['CVE-2026-1', 'CVE-2026-9']],
    ['?fixable=true', ['CVE-2026-10']],
    ['?fixable=false', ['CVE-2026-1', 'CVE-2026-9']],
    ['?search=TORCH', ['CVE-2026-1']],
    ['?search=of+cve-2026-1', ['CVE-2026-1', 'CVE-2026-10']],
    ['?package=libssl', ['CVE-2026-10']],
    ['?image=proxy', ['CVE-2026-10', 'CVE-2026-9']],
    [`?image=${OF_ML}`, ['CVE-2026-1', 'CVE-2026-10']],
    ['?environment=dev', ['CVE-2026-1', 'CVE-2026-10']],
    ['?workload=proxy', ['CVE-2026-10', 'CVE-2026-9']],
    ['?sort=cve&order=asc', ['CVE-2026-1', 'CVE-2026-9', 'CVE-2026-10']],
    ['?sort=score', ['CVE-2026-10', 'CVE-2026-9', 'CVE-2026-1']],
    ['?sort=affected&limit=1', ['CVE-2026-10']],
    ['?order=asc&offset=1&limit=1', ['CVE-2026-10']],
  ])('filters, sorts and pages by %s', async (query, expected) => {
    expect(await ids('ml-engineer', query)).toEqual(expected);
  });

  it('says where a vulnerability is', async () => {
    const detail = await get(
      'ml-engineer',
      '/vulnerabilities/CVE-2026-10?limit=1',
    );

    expect(detail).toMatchObject({ id: 'CVE-2026-10', images: 2, total: 2 });
    expect(detail.places).toEqual([
      {
        team: 'app-ml-team',
        environment: 'dev',
        cluster: 'sandbox',
        namespace: 'app-ml-team-dev',
        workload: 'scorer',
        container: 'server',
        image: 'ghcr.io/acme/scorer:1.0.0',
        digest: OF_ML,
        packages: [{ name: 'libssl', installedVersion: '3.0.1' }],
        scannedAt: '2026-11-19T00:00:00Z',
      },
    ]);
  });

  it('counts an image once, whatever it is called, and tells none, stale and failed apart', async () => {
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

  it('does not believe a team that another one has a failed scan', async () => {
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
    expect(foreign.status).toBe(404);
    expect(foreign.body.error.message).toBe(unknown.body.error.message);
  });

  it('sums up each team', async () => {
    const ml = await get('ml-engineer', '/findings/summary');
    const all = await get('security-engineer', '/findings/summary');

    expect(ml.items).toEqual([
      {
        team: 'app-ml-team',
        counts: { CRITICAL: 1, HIGH: 1, MEDIUM: 0, LOW: 1, UNKNOWN: 0 },
        fixable: 1,
        images: 2,
        withoutReport: 0,
        stale: 2,
      },
    ]);
    expect(all.items[0]).toMatchObject({
      team: 'app-data-team',
      images: 3,
      withoutReport: 1,
      counts: { CRITICAL: 2, HIGH: 0, LOW: 1 },
    });
  });

  it('follows a namespace to another team', async () => {
    await ids('ml-engineer');
    kubernetes.objects[1] = fakeObjects.namespace(
      'app-data-team',
      'dev',
      'app-ml-team',
    );

    expect(await ids('ml-engineer')).toEqual(['CVE-2026-1', 'CVE-2026-10']);
    expect(
      await ids('data-engineer', '?environment=dev&sort=cve&order=asc'),
    ).toEqual(['CVE-2026-9', 'CVE-2026-10']);
  });

  it('answers with what is known while the cluster fails, and says so', async () => {
    const before = await get('ml-engineer', '/vulnerabilities');
    kubernetes.behaviour = 500;

    const during = await get('ml-engineer', '/vulnerabilities');

    expect(before.freshness.stale).toBe(false);
    expect(during).toMatchObject({
      total: before.total,
      freshness: { stale: true, problems: [{ kind: 'failed' }] },
    });
  });

  it('says what may not be read, shows the rest, and takes it in once it may', async () => {
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
});
