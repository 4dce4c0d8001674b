import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import { report, vulnerability } from '../__testUtils__/reports';
import { pod, ready } from '../__testUtils__/scorer';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

describe('findings of workloads in numbers', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;

  beforeEach(async () => {
    const replicaSet = fakeObjects.ofWorkload('scorer', {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'scorer-1', namespace: 'app-ml-team-dev' },
      spec: { replicas: 1 },
    });
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', 'app-ml-team-dev'),
      replicaSet,
      pod('scorer-1-a', ready, replicaSet),
      report(replicaSet, 'server', [
        vulnerability('CVE-1', 'LOW'),
        vulnerability('CVE-2', 'CRITICAL', { fixedVersion: '3.0.2' }),
      ]),
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

  it('counts them in the states of several workloads, without those that the caller may not see', async () => {
    const readStates = async (person: string, workloads: string) => {
      const { status, body } = await platform.get(
        person,
        `/workloads?workloads=${workloads}`,
      );
      return { status, items: body.items };
    };
    const all = 'app-ml-team/scorer,app-ml-team/none,app-data-team/api';
    const { items } = await readStates('ml-engineer', all);
    expect(items).toEqual([
      {
        team: 'app-ml-team',
        workload: 'scorer',
        state: expect.any(String),
        environments: [expect.objectContaining({ environment: 'dev' })],
        findings: expect.objectContaining({
          counts: { CRITICAL: 1, HIGH: 0, MEDIUM: 0, LOW: 1, UNKNOWN: 0 },
        }),
      },
      {
        team: 'app-ml-team',
        workload: 'none',
        state: 'missing',
        environments: [],
        findings: expect.objectContaining({ images: 0 }),
      },
    ]);
    expect(
      (await readStates('data-engineer', 'app-ml-team/scorer')).items,
    ).toEqual([]);
    expect((await readStates('ml-engineer', 'scorer')).status).toBe(400);
    expect(
      (await readStates('ml-engineer', Array(101).fill('a/b').join(',')))
        .status,
    ).toBe(400);
  });

  it("counts them in the workload's state, on request", async () => {
    const path = '/teams/app-ml-team/workloads/scorer';
    const { body } = await platform.get('ml-engineer', `${path}?findings=true`);
    expect(body.findings).toEqual({
      counts: { CRITICAL: 1, HIGH: 0, MEDIUM: 0, LOW: 1, UNKNOWN: 0 },
      fixable: 1,
      images: 1,
      withoutReport: 0,
      stale: 0,
      endOfLife: 0,
    });
    const list = '/teams/app-ml-team/workloads';
    const listed = await platform.get('ml-engineer', `${list}?findings=true`);
    expect(listed.body.items).toMatchObject([
      { workload: 'scorer', findings: body.findings },
    ]);
    const plainList = await platform.get('ml-engineer', list);
    expect(plainList.body.items[0]).not.toHaveProperty('findings');
    const plain = await platform.get('ml-engineer', path);
    expect(plain.body).not.toHaveProperty('findings');
    const outsider = await platform.get(
      'data-engineer',
      `${path}?findings=true`,
    );
    expect(outsider.status).toBe(404);
  });
});
