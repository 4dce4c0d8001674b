import {
  FakeKubernetes,
  fakeObjects,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';
import {
  digest,
  report,
  scannedMetadata,
  service,
  vulnerability,
} from '../__testUtils__/reports';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

const IMAGE = 'ghcr.io/acme/scorer:1.0.0';
const RUNNING = digest('a');
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

const scorer = service({
  name: 'scorer',
  namespace: 'app-ml-team',
  image: IMAGE,
  pulled: RUNNING,
});
const scanned = report(
  scorer.owner,
  'server',
  [vulnerability('CVE-2026-1', 'CRITICAL')],
  { digest: RUNNING },
);
const { labels: scannedLabels } = scannedMetadata(scorer.owner, 'server');
/** The attackers' own workload. */
const loader = service({
  name: 'loader',
  namespace: 'app-data-team',
  image: 'ghcr.io/acme/loader:7',
  pulled: digest('b'),
});

/** The report of a scan of a workload that found nothing, newer than any other. */
function clean(owner: FakeObject, changes: Partial<FakeObject['metadata']>) {
  const forged = report(owner, 'server', [], { digest: RUNNING });
  return {
    ...forged,
    metadata: { ...forged.metadata, ...changes },
    report: {
      ...(forged.report as object),
      updateTimestamp: new Date().toISOString(),
    },
  };
}
const tracked = {
  'argocd.argoproj.io/tracking-id':
    'app-data-team--loader--prod:aquasecurity.github.io/VulnerabilityReport:app-data-team/x',
};

describe('a report that a team has written', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'prod', 'app-ml-team'),
      fakeObjects.namespace('app-data-team', 'prod', 'app-data-team'),
      ...[scorer, loader].flatMap(({ owner, pod }) => [owner, pod]),
      scanned,
    ];
    platform = await startMlPlatform({ kubernetes });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });
  const get = async (person: string, path: string) => {
    const { status, body } = await platform.get(person, path);
    expect({ path, status }).toEqual({ path, status: 200 });
    return body;
  };
  const replaceScanned = (forged: FakeObject) => {
    kubernetes.objects = kubernetes.objects.map(object =>
      object === scanned ? forged : object,
    );
  };

  it("leaves another team's findings as they are, whatever image and date it names", async () => {
    // As like the scanner's as can be: of an owner that exists, and without a trace of Argo CD.
    kubernetes.objects.push(clean(loader.owner, {}));

    for (const person of ['ml-engineer', 'security-engineer']) {
      const images = await get(person, '/images?workload=scorer');
      const all = await get(person, '/vulnerabilities');
      expect(images.items).toMatchObject([
        { digest: RUNNING, counts: { CRITICAL: 1 } },
      ]);
      expect(all).toMatchObject({ total: 1, counts: { CRITICAL: 1 } });
    }
    const detail = await get(
      'security-engineer',
      '/vulnerabilities/CVE-2026-1',
    );
    expect(detail.places).toMatchObject([{ team: 'app-ml-team' }]);
  });

  it('counts what either team has found in an image that both run', async () => {
    const same = service({
      name: 'copy',
      namespace: 'app-data-team',
      image: 'ghcr.io/mirror/scorer:1',
      pulled: RUNNING,
    });
    kubernetes.objects.push(
      same.owner,
      same.pod,
      clean(same.owner, { name: 'replicaset-copy-1-server' }),
    );

    const both = await get('security-engineer', '/images?search=scorer');
    const own = await get('data-engineer', '/images?search=scorer');
    const { items } = await get('security-engineer', '/vulnerabilities');
    const { items: teams } = await get(
      'security-engineer',
      '/findings/summary',
    );

    expect(both.items).toMatchObject([
      { placeCount: 2, counts: { CRITICAL: 1 } },
    ]);
    expect(own.items).toMatchObject([
      { placeCount: 1, counts: { CRITICAL: 0 } },
    ]);
    expect(items).toMatchObject([{ images: 1, workloads: 1, teams: 1 }]);
    expect(
      teams.map(({ team, counts }: any) => [team, counts.CRITICAL]),
    ).toEqual([
      ['app-data-team', 0],
      ['app-ml-team', 1],
    ]);
  });

  it.each<[string, Partial<FakeObject['metadata']>]>([
    ['that Argo CD applied', { annotations: tracked }],
    [
      'that Argo CD applied and tracks by a label',
      {
        labels: {
          ...scannedLabels,
          'app.kubernetes.io/instance': 'app-ml-team--scorer--prod',
        },
      },
    ],
    [
      'that kubectl applied',
      {
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '' },
      },
    ],
    ['without an owner', { ownerReferences: undefined }],
    [
      'of an owner that does not exist',
      {
        ownerReferences: [
          { kind: 'ReplicaSet', name: 'scorer-1', uid: 'gone' },
        ],
      },
    ],
    [
      "of an owner in another team's namespace",
      {
        ...scannedMetadata(loader.owner, 'server'),
        namespace: 'app-ml-team',
      },
    ],
    [
      'of two owners',
      {
        ownerReferences: [scorer.owner, scorer.pod].map(
          ({ kind, metadata }) => ({
            kind,
            name: metadata.name,
            uid: metadata.uid!,
          }),
        ),
      },
    ],
    ['without labels', { labels: {} }],
    [
      'with the labels of another resource',
      {
        labels: {
          ...scannedLabels,
          'trivy-operator.resource.name': 'other',
        },
      },
    ],
    [
      'with the labels of another tool',
      {
        labels: {
          ...scannedLabels,
          'app.kubernetes.io/managed-by': 'Helm',
        },
      },
    ],
  ])("does not count beside the scanner's %s", async (_, changes) => {
    kubernetes.objects.push(clean(scorer.owner, { ...changes, name: 'x' }));

    const findings = await get(
      'ml-engineer',
      '/teams/app-ml-team/workloads/scorer/findings',
    );

    expect(findings).toMatchObject({
      counts: { CRITICAL: 1 },
      ignoredReports: 1,
    });
  });

  it("makes an image unscanned, not clean, when it has the scanner's name", async () => {
    replaceScanned(clean(scorer.owner, { annotations: tracked }));

    const images = await get('security-engineer', '/images?workload=scorer');
    const all = await get('security-engineer', '/vulnerabilities');
    const teams = await get('security-engineer', '/findings/summary');

    expect(images).toMatchObject({
      ignoredReports: 1,
      items: [{ report: 'none' }],
    });
    expect(all).toMatchObject({
      ignoredReports: 1,
      coverage: { withoutReport: 2 },
    });
    expect(teams.items).toMatchObject([
      { team: 'app-data-team', ignoredReports: 0 },
      { team: 'app-ml-team', ignoredReports: 1 },
    ]);
  });

  it.each([TOMORROW, 'soon', undefined])(
    'does not count with the date %s',
    async updateTimestamp => {
      replaceScanned({
        ...scanned,
        report: { ...(scanned.report as object), updateTimestamp },
      });

      const images = await get('ml-engineer', '/images');

      expect(images).toMatchObject({
        ignoredReports: 1,
        reports: { none: 1, present: 0, stale: 0 },
      });
    },
  );

  it.each([
    ['ConfigAuditReport', '/config-audits'],
    ['ExposedSecretReport', '/exposed-secrets'],
  ])('does not count as a %s either', async (kind, path) => {
    const found = (changes: object, rest: object = {}) => ({
      ...scanned,
      kind,
      metadata: { ...scanned.metadata, ...changes },
      report: {
        updateTimestamp: '2026-11-19T00:00:00Z',
        artifact: { repository: 'acme/scorer', tag: '1.0.0' },
        checks: [{ checkID: 'KSV-0001', severity: 'LOW', success: false }],
        secrets: [{ ruleID: 'aws-access-key-id', severity: 'LOW' }],
        ...rest,
      },
    });
    kubernetes.objects.push(
      found({}),
      found({ name: 'a', annotations: tracked }),
      found({ name: 'b', ownerReferences: [] }),
      found({ name: 'c' }, { updateTimestamp: TOMORROW }),
    );

    const page = await get('security-engineer', path);

    expect(page).toMatchObject({ total: 1, ignoredReports: 3 });
  });
});
