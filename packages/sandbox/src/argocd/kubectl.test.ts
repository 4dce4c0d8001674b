import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { GitOpsFixture } from '../__testUtils__/GitOpsFixture';
import { deploymentJson, jobJson } from '../__testUtils__/platformFiles';

describe('kubectl', () => {
  const logger = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };
  let fixture: GitOpsFixture;
  beforeAll(async () => {
    fixture = await GitOpsFixture.start(logger);
  });
  afterAll(() => fixture?.stop());

  it('works against the sandbox', async () => {
    const { commit, expectState } = fixture;
    await commit({
      'infra/gitops/workloads/team/train/runs/dev/good.yaml': jobJson('good'),
      'infra/gitops/workloads/team/gpu/overlays/dev/gpu.yaml': deploymentJson(
        'gpu',
        { gpus: 8 },
      ),
    });
    await expectState('team--train--dev--runs', 'Synced Healthy');
    await expectState('team--web--dev', 'Synced Healthy');
    const kubectl = async (...args: string[]) =>
      (
        await promisify(execFile)('kubectl', [
          '--server',
          fixture.url,
          '--cache-dir',
          fixture.repository.stateDirectory,
          ...args,
        ])
      ).stdout;
    const table = (output: string) =>
      output
        .trim()
        .split('\n')
        .map(line => line.trim().split(/\s{2,}/));
    const inTeam = ['-n', 'team-dev'];

    expect(
      await kubectl(
        'wait',
        ...inTeam,
        '--for=condition=Available',
        'deployment/web',
        '--timeout=10s',
      ),
    ).toBe('deployment.apps/web condition met\n');
    expect(
      table(
        await kubectl(
          'get',
          'deployments',
          ...inTeam,
          '-l',
          'app!=gpu',
          '--field-selector',
          'metadata.name=web',
          '-o',
          'wide',
        ),
      ),
    ).toEqual([
      [
        'NAME',
        'READY',
        'UP-TO-DATE',
        'AVAILABLE',
        'AGE',
        'CONTAINERS',
        'IMAGES',
        'SELECTOR',
      ],
      [
        'web',
        '1/1',
        '1',
        '1',
        expect.stringMatching(/^\d+s$/),
        'server',
        'example.com/web:1',
        'app=web',
      ],
    ]);
    const pods = table(
      await kubectl('get', 'pods', ...inTeam, '-l', 'app=web'),
    );
    expect(pods).toEqual([
      ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
      [
        expect.stringMatching(/^web-/),
        '1/1',
        'Running',
        '0',
        expect.any(String),
      ],
    ]);
    expect(
      table(await kubectl('get', 'app', '-A', '--chunk-size=2')),
    ).toContainEqual(['argocd', 'team--web--dev', 'Synced', 'Healthy']);
    expect(
      table(await kubectl('get', 'jobs', ...inTeam))[1].slice(0, 4),
    ).toEqual(['good', 'Complete', '1/1', expect.stringMatching(/^\ds$/)]);
    const described = await kubectl('describe', 'deployment', 'web', ...inTeam);
    expect(described).toMatch(
      /Replicas: +1 desired \| 1 updated \| 1 total \| 1 available \| 0 unavailable/,
    );
    expect(described).toMatch(
      /NewReplicaSet: +web-\w+ \(1\/1 replicas created\)/,
    );
    expect(described).toMatch(
      /ScalingReplicaSet .* deployment-controller +Scaled up replica set/,
    );
    expect(
      await kubectl('describe', 'pod', ...inTeam, '-l', 'app=gpu'),
    ).toMatch(
      /Warning +FailedScheduling +\S+ +default-scheduler +0\/3 nodes are available: 3 Insufficient nvidia.com\/gpu\./,
    );
    expect(
      await kubectl('logs', ...inTeam, 'deployment/web', '--tail=1'),
    ).toMatch(/^INFO /);
    expect(
      await kubectl('rollout', 'status', ...inTeam, 'deployment/web'),
    ).toBe('deployment "web" successfully rolled out\n');
    await expect(
      kubectl('delete', 'pod', ...inTeam, pods[1][0]),
    ).rejects.toThrow(
      'this is the sandbox, which is read-only because Argo CD applies all objects from Git. To replace pods,',
    );
  });
});
