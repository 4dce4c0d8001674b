import { GitOpsFixture } from '../__testUtils__/GitOpsFixture';
import {
  deploymentJson,
  jobJson,
  kustomization,
  WEB_DIRECTORY,
} from '../__testUtils__/platformFiles';

describe('Reconciler', () => {
  const logger = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };
  let fixture: GitOpsFixture;
  beforeAll(async () => {
    fixture = await GitOpsFixture.start(logger);
  });
  afterAll(() => fixture?.stop());

  it('deletes an Application with its objects when the directory is deleted, unless the ApplicationSet preserves them', async () => {
    const {
      advanceUntil,
      commit,
      condition,
      expectState,
      getApplication,
      getInTeam,
      listPods,
    } = fixture;
    const paths = ['dev', 'prod'].map(
      environment =>
        `infra/gitops/workloads/team/brief/overlays/${environment}/all.yaml`,
    );
    await commit({
      [paths[0]]: deploymentJson('brief'),
      [paths[1]]: deploymentJson('brief-prod'),
    });
    await expectState('team--brief--dev', 'Synced Healthy');
    await commit({ [paths[0]]: undefined, [paths[1]]: undefined });
    expect(await getApplication('team--brief--dev')).toBeUndefined();
    expect(await getInTeam('deployments', 'brief')).toBeUndefined();
    await advanceUntil(async () => {
      const pods = await listPods('brief');
      expect(pods).toEqual([]);
    });
    expect(await condition('team--brief--prod')).toMatch(
      /app path does not exist$/,
    );
    expect(await getInTeam('deployments', 'brief-prod')).toBeDefined();
  });

  it('keeps its ApplicationSets when the bootstrap build fails', async () => {
    const { commit, state } = fixture;
    const before = await state('team--web--dev');
    await commit({
      'infra/gitops/bootstrap/sandbox/kustomization.yaml':
        kustomization('missing.yaml'),
    });
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining(
        'keeps its AppProjects and ApplicationSets because their build failed',
      ),
    );
    expect(await state('team--web--dev')).toBe(before);
    await commit({
      'infra/gitops/bootstrap/sandbox/kustomization.yaml':
        kustomization('all.yaml'),
    });
  });

  it('keeps histories across a restart, and does not run finished Jobs again', async () => {
    const { commit, expectState, getApplication, getInTeam, listPods } =
      fixture;
    await commit({
      [`${WEB_DIRECTORY}/base/deployment.yaml`]: deploymentJson('web', {
        deadline: 90,
      }),
    });
    await commit({
      'infra/gitops/workloads/team/train/runs/dev/good.yaml': jobJson('good'),
    });
    await expectState('team--train--dev--runs', 'Synced Healthy');
    const before = await getApplication('team--web--dev');
    const finished = await getInTeam('jobs', 'good', 'apis/batch/v1');
    const pods = await listPods('web');
    await fixture.restart();
    await expectState('team--web--dev', 'Synced Healthy');
    const after = await getApplication('team--web--dev');
    expect(after.status).toMatchObject({
      history: before.status?.history,
      operationState: before.status?.operationState,
    });
    for (const field of ['creationTimestamp', 'uid'] as const) {
      expect(after.metadata[field]).toBe(before.metadata[field]);
    }
    expect((await listPods('web')).map(({ metadata }) => metadata)).toEqual(
      pods.map(({ metadata }) => metadata),
    );
    expect(finished?.status).toMatchObject({ succeeded: 1 });
    expect((await getInTeam('jobs', 'good', 'apis/batch/v1'))?.status).toEqual(
      finished?.status,
    );
  });
});
