import {
  createTestStore,
  FakeKubernetes,
  fakeObjects,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';
import { scannedMetadata } from '../__testUtils__/reports';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

const SECRET = 'AKIAIOSFODNN7EXAMPLE';

const replicaSet = (
  name: string,
  replicas: number,
  namespace = 'app-ml-team',
): FakeObject => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name, namespace, uid: `uid-${name}` },
  spec: { replicas },
});

function owned(
  kind: string,
  resource: string,
  namespace: string,
  spec: Record<string, unknown>,
): FakeObject {
  const metadata = scannedMetadata(
    replicaSet(resource, 1, namespace),
    'server',
  );
  return {
    apiVersion: 'aquasecurity.github.io/v1alpha1',
    kind,
    metadata: {
      ...metadata,
      name: `replicaset-${resource}`,
      labels: { ...metadata.labels, 'backstage.io/kubernetes-id': 'scorer' },
    },
    report: { updateTimestamp: '2026-11-19T00:00:00Z', ...spec },
  };
}

const check = (checkID: string, severity: string, success = false) => ({
  checkID,
  severity,
  success,
  title: `Title of ${checkID}`,
  category: 'Kubernetes Security Check',
  description: 'What is wrong',
  remediation: 'What to do',
  messages: ['at 10.0.0.1'],
});

const secrets = (image: string) => ({
  registry: { server: 'ghcr.io' },
  artifact: { repository: image, tag: '1' },
  secrets: [
    {
      ruleID: 'aws-access-key-id',
      title: `AWS Access Key ID ${SECRET}`,
      category: 'AWS',
      severity: 'CRITICAL',
      target: `/app/${SECRET}/settings.py`,
      match: `key = "${SECRET}"`,
    },
  ],
});

describe('audits', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'prod', 'app-ml-team'),
      fakeObjects.namespace('app-data-team', 'prod', 'app-data-team'),
      replicaSet('scorer-1', 1),
      replicaSet('scorer-0', 0),
      replicaSet('loader-1', 1, 'app-data-team'),
      replicaSet('l-1', 1, 'app-data-team'),
      owned('ConfigAuditReport', 'scorer-1', 'app-ml-team', {
        checks: [
          check('KSV-0001', 'LOW'),
          check('KSV-0014', 'HIGH'),
          check('KSV-0002', 'CRITICAL', true),
        ],
      }),
      owned('ConfigAuditReport', 'scorer-0', 'app-ml-team', {
        checks: [check('KSV-0099', 'CRITICAL')],
      }),
      owned('ConfigAuditReport', 'loader-1', 'app-data-team', {
        checks: [check('KSV-0014', 'CRITICAL')],
      }),
      owned('ExposedSecretReport', 'scorer-1', 'app-ml-team', secrets('a/s')),
      owned('ExposedSecretReport', 'l-1', 'app-data-team', secrets('a/l')),
    ];
    platform = await startMlPlatform({ kubernetes });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });
  const get = async (person: string, path: string) => {
    const { status, body } = await platform.get(person, path);
    expect(status).toBe(200);
    return body;
  };

  it('lists the checks that do not pass, of what runs now and of own teams', async () => {
    const ml = await get('ml-engineer', '/config-audits');
    const all = await get('security-engineer', '/config-audits');

    expect(ml).toMatchObject({
      total: 2,
      counts: { CRITICAL: 0, HIGH: 1, LOW: 1 },
    });
    expect(ml.items[0]).toEqual({
      team: 'app-ml-team',
      environment: 'prod',
      cluster: 'sandbox',
      namespace: 'app-ml-team',
      workload: 'scorer',
      resource: { kind: 'ReplicaSet', name: 'scorer-1' },
      updatedAt: '2026-11-19T00:00:00Z',
      rule: 'KSV-0014',
      title: 'Title of KSV-0014',
      severity: 'HIGH',
      category: 'Kubernetes Security Check',
      description: 'What is wrong',
      remediation: 'What to do',
      containers: [],
      messages: ['at (address)'],
    });
    expect(all).toMatchObject({ total: 3, counts: { CRITICAL: 1 } });
  });

  it.each([
    ['?severity=LOW', ['KSV-0001']],
    ['?search=of+ksv-0014', ['KSV-0014']],
    ['?sort=rule&order=asc&offset=1', ['KSV-0014']],
    ['?team=app-data-team', []],
    ['?workload=other', []],
    ['?environment=prod', ['KSV-0014', 'KSV-0001']],
  ])('filters, sorts and pages by %s', async (query, rules) => {
    const { items } = await get('ml-engineer', `/config-audits${query}`);

    expect(items.map(({ rule }: { rule: string }) => rule)).toEqual(rules);
  });

  it('counts a report on a kind of which the portal reads no objects', async () => {
    const metadata = scannedMetadata({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'deny', namespace: 'app-ml-team', uid: 'policy' },
    });
    kubernetes.objects.push({
      apiVersion: 'aquasecurity.github.io/v1alpha1',
      kind: 'ConfigAuditReport',
      metadata: { ...metadata, name: 'networkpolicy-deny' },
      report: {
        updateTimestamp: '2026-11-19T00:00:00Z',
        checks: [check('KSV-0038', 'LOW')],
      },
    });

    const { items } = await get(
      'ml-engineer',
      '/config-audits?search=KSV-0038',
    );

    expect(items).toMatchObject([
      { resource: { kind: 'NetworkPolicy', name: 'deny' } },
    ]);
  });

  it('says where secrets lie, and keeps none itself', async () => {
    const ml = await get('ml-engineer', '/exposed-secrets');
    const all = await get('security-engineer', '/exposed-secrets?search=a/l');
    const store = createTestStore({ sandbox: kubernetes });
    await kubernetes.settled(store);
    const kept = await store.list('sandbox', 'exposedsecretreports');
    await store.stop();

    expect(ml.items).toMatchObject([
      {
        team: 'app-ml-team',
        rule: 'aws-access-key-id',
        title: 'AWS Access Key ID …',
        severity: 'CRITICAL',
        target: '/app/…/settings.py',
        image: 'ghcr.io/a/s:1',
        container: 'server',
      },
    ]);
    expect(all.total).toBe(1);
    expect(kept.items).toHaveLength(2);
    for (const said of [ml, all, kept]) {
      expect(JSON.stringify(said)).not.toContain('IOSFODNN');
    }
  });
});
