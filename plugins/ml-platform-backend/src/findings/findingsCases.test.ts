import type { Findings, Images } from '@internal/plugin-ml-platform-common';
import {
  FakeKubernetes,
  fakeObjects,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';
import { readCase } from '../__testUtils__/readCase';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';
import { twoTeams } from './__testUtils__/twoTeams';

const TEAM = fakeObjects.namespace('app-ml-team', 'dev', 'app-ml-team-dev');
const CENTOS_NOTE =
  'CentOS 6.10 is out of support: it gets no security fixes, and vulnerabilities found since are not in the report. Move to a supported base image.';

describe('findings of real reports', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    platform = await startMlPlatform({
      kubernetes,
      config: { findings: { staleAfterHours: 100_000 } },
    });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });
  const get = async (path: string) => {
    const { status, body } = await platform.get('platform-engineer', path);
    expect({ path, status }).toEqual({ path, status: 200 });
    return body;
  };
  const findingsOf = (workload: string): Promise<Findings> =>
    get(`/teams/app-ml-team/workloads/${workload}/findings`);
  const imagesOf = (workload: string): Promise<Images> =>
    get(`/images?workload=${workload}&sort=image&order=asc`);

  it('flags an operating system out of support, although nothing was found', async () => {
    kubernetes.objects = [TEAM, ...readCase('30-os-end-of-life')];

    const findings = await findingsOf('case-30');
    const images = await imagesOf('case-30');
    const supported = await get('/images?endOfLife=false');
    const { coverage } = await get('/vulnerabilities');
    const summary = await get('/findings/summary');

    expect(findings).toMatchObject({
      total: 0,
      endOfLife: 1,
      images: [
        {
          os: { name: 'CentOS 6.10', endOfLife: true },
          notes: [CENTOS_NOTE],
          report: 'present',
        },
      ],
    });
    expect(images).toMatchObject({
      endOfLife: 1,
      items: [{ os: { endOfLife: true }, notes: [CENTOS_NOTE] }],
    });
    expect(supported).toMatchObject({ endOfLife: 1, items: [] });
    expect(coverage).toEqual({ images: 1, withoutReport: 0, endOfLife: 1 });
    expect(summary.items).toMatchObject([{ endOfLife: 1 }]);
  });

  it.each([
    [
      { family: '', name: '' },
      undefined,
      [
        'Trivy found no operating system in this image, as in distroless and scratch images: only language packages and binaries were checked.',
      ],
    ],
    [undefined, undefined, []],
    [
      { family: 'debian', name: '12.8' },
      { name: 'Debian 12.8', endOfLife: false },
      [],
    ],
    [
      { family: 'mystery', eosl: true },
      { name: 'mystery', endOfLife: true },
      [CENTOS_NOTE.replace('CentOS 6.10', 'mystery')],
    ],
  ])('describes the operating system %j', async (found, os, notes) => {
    kubernetes.objects = [TEAM, ...readCase('30-os-end-of-life')];
    const report = kubernetes.objects.find(
      ({ kind }) => kind === 'VulnerabilityReport',
    )!;
    report.report = { ...(report.report as object), os: found };

    const { images } = await findingsOf('case-30');

    expect(images).toMatchObject([{ notes }]);
    expect(images[0].os).toEqual(os);
  });

  it('counts images of init, sidecar and ephemeral containers', async () => {
    kubernetes.objects = [TEAM, ...readCase('33-init-sidecar-ephemeral')];

    const { images, counts } = await findingsOf('case-33');

    expect(counts.CRITICAL).toBe(3);
    expect(
      images.map(({ image, roles, report, notes }) => [
        image,
        roles.join(),
        report,
        ...notes,
      ]),
    ).toEqual([
      ['docker.io/curlimages/curl:7.80.0', 'init', 'present'],
      ['docker.io/envoyproxy/envoy:v1.30.0', 'sidecar', 'present'],
      [
        'docker.io/nicolaka/netshoot:v0.9',
        'ephemeral',
        'none',
        'It runs in an ephemeral container (kubectl debug). Trivy does not scan those in pods of a workload, so its vulnerabilities are unknown.',
      ],
      ['ghcr.io/acme/scorer:2.0.0', 'container', 'present'],
    ]);
  });

  it('keeps the images of workloads without pods', async () => {
    const template = {
      spec: { containers: [{ name: 'main', image: 'ghcr.io/acme/idle:1' }] },
    };
    const idle = (apiVersion: string, kind: string, spec: object) =>
      fakeObjects.ofWorkload(`idle-${kind.toLowerCase()}`, {
        apiVersion,
        kind,
        metadata: {
          name: kind.toLowerCase(),
          namespace: 'app-ml-team-dev',
          labels: { 'backstage.io/kubernetes-id': kind.toLowerCase() },
        },
        spec,
      });
    const ended = idle('batch/v1', 'Job', { template });
    kubernetes.objects = [
      TEAM,
      idle('apps/v1', 'Deployment', { replicas: 0, template }),
      idle('apps/v1', 'StatefulSet', { replicas: 0, template }),
      idle('argoproj.io/v1alpha1', 'Rollout', { replicas: 0, template }),
      idle('batch/v1', 'Job', { suspend: true, template }),
      idle('batch/v1', 'CronJob', {
        schedule: '0 2 * * *',
        suspend: true,
        jobTemplate: { spec: { template } },
      }),
      {
        ...ended,
        metadata: {
          ...ended.metadata,
          name: 'ended',
          uid: 'ended',
          labels: { 'backstage.io/kubernetes-id': 'ended' },
        },
        status: { conditions: [{ type: 'Complete', status: 'True' }] },
      } satisfies FakeObject,
    ];

    for (const workload of [
      'deployment',
      'statefulset',
      'rollout',
      'job',
      'cronjob',
    ]) {
      const { images } = await findingsOf(workload);
      expect({ workload, images }).toMatchObject({
        workload,
        images: [
          {
            image: 'ghcr.io/acme/idle:1',
            hasPods: false,
            report: 'none',
            notes: [
              'No pod uses this image now. Trivy may scan it only after its next start.',
            ],
          },
        ],
      });
    }
    expect((await findingsOf('ended')).images).toEqual([]);
  });

  it('keeps the reports of a Deployment that is scaled to zero, and not those of earlier revisions', async () => {
    const [deployment, replicaSet, , ...reports] = [
      ...readCase('30-os-end-of-life'),
      ...readCase('34-config-audit-names-no-container').slice(-1),
    ];
    const revision = { 'deployment.kubernetes.io/revision': '3' };
    Object.assign(deployment.spec as object, { replicas: 0 });
    Object.assign(replicaSet.spec as object, { replicas: 0 });
    replicaSet.metadata.annotations = revision;
    const audit = reports.at(-1)!;
    const ownedByReplicaSet = [
      { kind: 'ReplicaSet', name: 'case-30-6d5f', uid: 'uid-case-30-6d5f' },
    ];
    audit.metadata.ownerReferences = ownedByReplicaSet;
    Object.assign(audit.metadata.labels as object, {
      'trivy-operator.resource.name': 'case-30-6d5f',
    });
    kubernetes.objects = [TEAM, deployment, replicaSet, ...reports];

    const findings = await findingsOf('case-30');
    const current = await get('/config-audits');
    replicaSet.metadata.annotations = {
      'deployment.kubernetes.io/revision': '2',
    };
    const earlier = await get('/config-audits');

    expect(findings).toMatchObject({
      endOfLife: 1,
      images: [
        { hasPods: false, notes: [CENTOS_NOTE, 'No pod uses this image now.'] },
      ],
    });
    expect(current.total).toBe(2);
    expect(earlier.total).toBe(0);
  });

  it("counts the same on a component's page as in the organisation", async () => {
    kubernetes.objects = [
      ...twoTeams(),
      ...[
        '30-os-end-of-life',
        '33-init-sidecar-ephemeral',
        '34-config-audit-names-no-container',
      ].flatMap(readCase),
    ];
    const { items: all } = await get('/images');
    const workloads = new Map<string, string>(
      all.flatMap((image: Images['items'][number]) =>
        image.places.map(({ workload = '', team }) => [workload, team]),
      ),
    );

    expect(workloads.size).toBe(8);
    for (const [workload, team] of workloads) {
      const component: Findings = await get(
        `/teams/${team}/workloads/${workload}/findings`,
      );
      const scope = `team=${team}&workload=${workload}`;
      const organisation = await get(`/vulnerabilities?${scope}`);
      const images: Images = await get(`/images?${scope}`);
      const states = component.images.map(({ report }) => report);

      expect(component.counts).toEqual(organisation.counts);
      expect(component.fixable).toBe(organisation.fixable);
      expect(organisation.coverage).toEqual({
        images: component.images.length,
        withoutReport: states.filter(state => /none|failed/.test(state)).length,
        endOfLife: component.endOfLife,
      });
      expect(sorted(images.items.map(({ image }) => image))).toEqual(
        sorted(component.images.map(({ image }) => image)),
      );
    }
  });
});

function sorted(texts: string[]): string[] {
  return [...texts].sort();
}
