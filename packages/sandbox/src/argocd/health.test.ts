import { GitOpsFixture } from '../__testUtils__/GitOpsFixture';
import {
  deploymentJson,
  jobJson,
  WEB_DIRECTORY,
} from '../__testUtils__/platformFiles';
import { items } from '../kubernetes/KubernetesObject';

describe('health of Applications', () => {
  const logger = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };
  let fixture: GitOpsFixture;
  beforeAll(async () => {
    fixture = await GitOpsFixture.start(logger);
  });
  afterAll(() => fixture?.stop());

  it('is Degraded when a Deployment crashes until its progress deadline', async () => {
    const { commit, expectState, state } = fixture;
    const crash = {
      labels: { 'simulation.ml-platform.io/outcome': 'crash' },
      deadline: 2,
    };
    await commit({
      [`${WEB_DIRECTORY}/base/deployment.yaml`]: deploymentJson('web', crash),
    });
    expect(await state('team--web--dev')).toBe('Synced Progressing');
    await expectState('team--web--dev', 'Synced Degraded');
    await commit({
      [`${WEB_DIRECTORY}/base/deployment.yaml`]: deploymentJson('web'),
    });
    await expectState('team--web--dev', 'Synced Healthy');
  });

  it('follows Jobs that complete or fail, and pods that wait for GPUs', async () => {
    const { advanceUntil, commit, expectState, listPods, state } = fixture;
    const runs = 'infra/gitops/workloads/team/train/runs/dev';
    await commit({ [`${runs}/good.yaml`]: jobJson('good') });
    expect(await state('team--train--dev--runs')).toBe('Synced Progressing');
    await expectState('team--train--dev--runs', 'Synced Healthy');
    await commit({
      [`${runs}/bad.yaml`]: jobJson('bad', {
        'simulation.ml-platform.io/outcome': 'fail',
      }),
    });
    await expectState('team--train--dev--runs', 'Synced Degraded');
    await commit({ [`${runs}/bad.yaml`]: undefined });
    await expectState('team--train--dev--runs', 'Synced Healthy');
    const path = 'infra/gitops/workloads/team/gpu/overlays/dev';
    await commit({ [`${path}/gpu.yaml`]: deploymentJson('gpu', { gpus: 8 }) });
    await advanceUntil(async () => {
      const pods = await listPods('gpu');
      expect(items(pods[0], 'status.conditions')).toMatchObject([
        { reason: 'Unschedulable' },
      ]);
    });
    expect(await state('team--gpu--dev')).toBe('Synced Progressing');
  });
});
