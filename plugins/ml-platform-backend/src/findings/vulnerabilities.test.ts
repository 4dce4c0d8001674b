import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import { service } from '../__testUtils__/reports';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';
import { OF_DATA, OF_ML, twoTeams } from './__testUtils__/twoTeams';

describe('vulnerabilities of all teams', () => {
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
    kubernetes.objects = twoTeams();
    platform = await startMlPlatform({ kubernetes });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  it('lists each vulnerability once, with the parts that the caller may see', async () => {
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

  it('hides the other team in lists, counts, search, sorting and details', async () => {
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

  it('shows no findings of an image that a team names but never pulled', async () => {
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

  it('lists the containers with a vulnerability', async () => {
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

  it('summarises each team', async () => {
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
        endOfLife: 0,
        ignoredReports: 0,
      },
    ]);
    expect(all.items[0]).toMatchObject({
      team: 'app-data-team',
      images: 3,
      withoutReport: 1,
      counts: { CRITICAL: 2, HIGH: 0, LOW: 1 },
    });
  });

  it('moves the findings of a namespace to its new team', async () => {
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

  it('returns the last known findings while the cluster fails, with a problem', async () => {
    const before = await get('ml-engineer', '/vulnerabilities');
    kubernetes.behaviour = 500;

    const during = await get('ml-engineer', '/vulnerabilities');

    expect(before.freshness.stale).toBe(false);
    expect(during).toMatchObject({
      total: before.total,
      freshness: { stale: true, problems: [{ kind: 'failed' }] },
    });
  });
});
