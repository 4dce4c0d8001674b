import {
  findingsSchema,
  type Findings,
} from '@internal/plugin-ml-platform-common';
import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import { report, vulnerability } from '../__testUtils__/reports';
import { object, pod, ready } from '../__testUtils__/scorer';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

describe('GET /teams/:team/workloads/:workload/findings', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  const replicaSet = (name: string, namespace = 'app-ml-team-dev') =>
    fakeObjects.ofWorkload('scorer', {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name, namespace },
      spec: { replicas: 1 },
    });

  const read = async (query = ''): Promise<Findings> => {
    const { status, body } = await platform.get(
      'ml-engineer',
      `/teams/app-ml-team/workloads/scorer/findings${query}`,
    );
    expect(status).toBe(200);
    return findingsSchema.parse(body);
  };

  beforeEach(async () => {
    const dev = replicaSet('scorer-1');
    const prod = replicaSet('scorer-9', 'app-ml-team');
    const old = replicaSet('scorer-0');
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', 'app-ml-team-dev'),
      fakeObjects.namespace('app-ml-team', 'prod', 'app-ml-team'),
      dev,
      prod,
      old,
      pod('scorer-1-a', ready, dev),
      pod('scorer-1-b', ready, dev),
      fakeObjects.ofWorkload(
        'scorer',
        {
          ...pod('scorer-9-a', ready, prod),
          metadata: { name: 'scorer-9-a', namespace: 'app-ml-team' },
        },
        prod,
      ),
      report(dev, 'server', [
        vulnerability('CVE-1', 'LOW'),
        vulnerability('CVE-2', 'CRITICAL', {
          fixedVersion: '3.0.2',
          // eslint-disable-next-line no-script-url
          primaryLink: 'javascript:alert(1)',
        }),
        vulnerability('CVE-3', 'HIGH', {
          score: 8.1,
          primaryLink: 'https://avd.aquasec.com/nvd/cve-3',
        }),
        vulnerability('CVE-3', 'HIGH', { score: 8.1 }),
        vulnerability('CVE-4', 'SPICY', { resource: '100%_[x' }),
      ]),
      report(old, 'server', [vulnerability('CVE-OLD', 'CRITICAL')]),
    ];
    platform = await startMlPlatform({
      kubernetes,
      // Independent of the date on which the test runs.
      config: { findings: { staleAfterHours: 100_000 } },
    });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  it('counts what runs now, each image once, worst first', async () => {
    const { counts, fixable, images, items, total } = await read();

    expect(counts).toEqual({
      CRITICAL: 1,
      HIGH: 1,
      MEDIUM: 0,
      LOW: 1,
      UNKNOWN: 1,
    });
    expect({ fixable, total }).toEqual({ fixable: 1, total: 4 });
    expect(images).toEqual([
      {
        image: 'ghcr.io/acme/scorer:1.0.0',
        environments: ['dev', 'prod'],
        containers: ['server'],
        roles: ['container'],
        hasPods: true,
        notes: [],
        report: 'present',
        scannedAt: '2026-11-19T00:00:00Z',
        sample: false,
      },
    ]);
    expect(items.map(({ id }) => id)).toEqual([
      'CVE-2',
      'CVE-3',
      'CVE-1',
      'CVE-4',
    ]);
    expect(items[0]).toEqual({
      id: 'CVE-2',
      severity: 'CRITICAL',
      title: 'Title of CVE-2',
      package: 'openssl',
      installedVersion: '3.0.1',
      fixedVersion: '3.0.2',
      image: 'ghcr.io/acme/scorer:1.0.0',
      environments: ['dev', 'prod'],
    });
  });

  it('tells "no report" from "nothing found"', async () => {
    kubernetes.objects = kubernetes.objects.filter(
      ({ kind }) => kind !== 'VulnerabilityReport',
    );
    const none = await read();
    const [dev] = kubernetes.objects.filter(
      ({ metadata }) => metadata.name === 'scorer-1',
    );
    kubernetes.objects.push(report(dev, 'server', []));
    const clean = await read();
    kubernetes.objects.pop();
    kubernetes.objects.push(report(dev, 'server', [], { tag: '0.9.0' }));
    const outdated = await read();
    kubernetes.missingGroups = ['aquasecurity.github.io'];
    const noScanner = await read();

    expect(clean.images[0].report).toBe('present');
    for (const { images, total } of [none, outdated, noScanner]) {
      expect(images[0]).toMatchObject({ report: 'none', sample: false });
      expect(total).toBe(0);
    }
  });

  it('says that a report is too old', async () => {
    for (const { kind, report: content } of kubernetes.objects) {
      if (kind === 'VulnerabilityReport') {
        Object.assign(content as object, {
          updateTimestamp: '2001-01-01T00:00:00Z',
        });
      }
    }

    const { images, total } = await read();

    expect(images).toMatchObject([{ report: 'stale' }]);
    expect(total).toBe(4);
  });

  it('counts the image of a CronJob between its runs', async () => {
    const cronJob = fakeObjects.ofWorkload(
      'scorer',
      object('batch/v1', 'CronJob', 'nightly', {
        spec: {
          schedule: '0 2 * * *',
          jobTemplate: {
            spec: {
              template: {
                spec: {
                  containers: [{ name: 'refresh', image: 'python:3.12' }],
                },
              },
            },
          },
        },
      }),
    );
    kubernetes.objects.push(
      cronJob,
      report(cronJob, 'refresh', [vulnerability('CVE-9', 'HIGH')], {
        repository: 'library/python',
        tag: '3.12',
      }),
    );
    Object.assign(kubernetes.objects.at(-1)!.report as object, {
      registry: { server: 'index.docker.io' },
    });

    const { images, items } = await read('?search=CVE-9');

    expect(images.map(({ image }) => image)).toEqual([
      'ghcr.io/acme/scorer:1.0.0',
      'python:3.12',
    ]);
    expect(items).toMatchObject([{ id: 'CVE-9', environments: ['dev'] }]);
  });

  it.each([
    ['?severity=CRITICAL,LOW', ['CVE-2', 'CVE-1']],
    ['?fixable=true', ['CVE-2']],
    ['?fixable=false', ['CVE-3', 'CVE-1', 'CVE-4']],
    ['?search=%25_%5Bx', ['CVE-4']],
    ['?package=openssl&sort=id&order=asc', ['CVE-1', 'CVE-2', 'CVE-3']],
    ['?package=openss', []],
    ['?sort=id&order=asc&offset=1&limit=2', ['CVE-2', 'CVE-3']],
    ['?order=asc', ['CVE-4', 'CVE-1', 'CVE-3', 'CVE-2']],
  ])('filters, sorts and pages by %s', async (query, ids) => {
    const { items, counts } = await read(query);

    expect(items.map(({ id }) => id)).toEqual(ids);
    expect(counts.CRITICAL).toBe(1);
  });

  it('keeps web links and drops others', async () => {
    const { items } = await read('?sort=id&order=asc');

    expect(items.map(({ link }) => link)).toEqual([
      undefined,
      undefined,
      'https://avd.aquasec.com/nvd/cve-3',
      undefined,
    ]);
  });

  it('refuses unlimited pages and other people', async () => {
    const path = '/teams/app-ml-team/workloads/scorer/findings';
    const tooMuch = await platform.get('ml-engineer', `${path}?limit=1000000`);
    const foreign = await platform.get('data-engineer', path);
    const security = await platform.get('security-engineer', path);

    expect(tooMuch.status).toBe(400);
    expect(foreign.status).toBe(404);
    expect(security.status).toBe(200);
    const workload = await platform.get(
      'security-engineer',
      '/teams/app-ml-team/workloads/scorer',
    );
    expect(workload.status).toBe(404);
  });
});
