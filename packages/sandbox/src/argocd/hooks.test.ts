import { GitOpsFixture } from '../__testUtils__/GitOpsFixture';
import { deploymentJson } from '../__testUtils__/platformFiles';
import { field, items, text } from '../kubernetes/KubernetesObject';

const APPLICATION = 'team--hooked--dev';
const FILE = 'infra/gitops/workloads/team/hooked/overlays/dev/all.yaml';

/** A Job that is a hook, and runs for 20 seconds. */
const hookJob = (
  name: string,
  annotations: Record<string, string>,
  outcome = 'succeed',
) =>
  JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, annotations },
    spec: {
      backoffLimit: 0,
      template: {
        metadata: {
          labels: { 'simulation.ml-platform.io/outcome': outcome },
          annotations: { 'simulation.ml-platform.io/run-seconds': '20' },
        },
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'main', image: 'example.com/migrate:1' }],
        },
      },
    },
  });

const hook = (type: string, policy?: string) => ({
  'argocd.argoproj.io/hook': type,
  ...(policy && { 'argocd.argoproj.io/hook-delete-policy': policy }),
});

describe('hooks', () => {
  const logger = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };
  let fixture: GitOpsFixture;
  beforeEach(async () => {
    fixture = await GitOpsFixture.start(logger);
  });
  afterEach(() => fixture?.stop());

  const commit = (...documents: string[]) =>
    fixture.commit({ [FILE]: documents.join('\n---\n') });
  const status = async () => (await fixture.getApplication(APPLICATION)).status;
  const operation = async () => {
    const { phase, message } = field(await status(), 'operationState') as {
      phase: string;
      message: string;
    };
    return `${phase}: ${message}`;
  };
  const expectOperation = (expected: string) =>
    fixture.advanceUntil(async () =>
      expect(await operation()).toContain(expected),
    );
  const getJob = (name: string) =>
    fixture.getInTeam('jobs', name, 'apis/batch/v1');
  const results = async () =>
    items(await status(), 'operationState.syncResult.resources').map(
      ({ kind, name, hookType, hookPhase, syncPhase }) =>
        [kind, name, hookType, syncPhase, hookPhase].filter(Boolean).join(' '),
    );

  it('run before the sync, are not compared, and are replaced by the next one', async () => {
    const migrate = hookJob('migrate', hook('PreSync'));
    await commit(migrate, deploymentJson('hooked'));
    expect(await operation()).toBe(
      'Running: waiting for completion of hook batch/Job/migrate',
    );
    expect(await fixture.getInTeam('deployments', 'hooked')).toBeUndefined();
    await fixture.expectState(APPLICATION, 'Synced Healthy');
    expect(await operation()).toBe(
      'Succeeded: successfully synced (all tasks run)',
    );
    expect(await results()).toEqual([
      'Job migrate PreSync PreSync Succeeded',
      'Deployment hooked Sync Running',
    ]);
    const first = await getJob('migrate');
    expect(first?.status).toMatchObject({ succeeded: 1 });
    expect(items(await status(), 'resources')).toContainEqual({
      group: 'batch',
      version: 'v1',
      kind: 'Job',
      namespace: 'team-dev',
      name: 'migrate',
      hook: true,
      requiresPruning: true,
    });

    await commit(
      migrate,
      deploymentJson('hooked', { image: 'example.com/web:2' }),
    );
    expect(await operation()).toContain('waiting for completion of hook');
    expect((await getJob('migrate'))?.metadata.uid).not.toBe(
      first?.metadata.uid,
    );
    await fixture.expectState(APPLICATION, 'Synced Healthy');
  });

  it('run after the sync, and are deleted when they succeeded', async () => {
    await commit(
      hookJob('notify', hook('PostSync', 'HookSucceeded')),
      deploymentJson('hooked'),
    );
    expect(await operation()).toContain('hook batch/Job/notify');
    expect(await fixture.getInTeam('deployments', 'hooked')).toBeDefined();
    expect(await getJob('notify')).toBeDefined();
    await expectOperation('Succeeded: successfully synced (no more tasks)');
    expect(await getJob('notify')).toBeUndefined();
  });

  it('stop the sync when they fail, run the hooks of failures, and are deleted by their policy', async () => {
    await commit(
      hookJob('migrate', hook('PreSync', 'HookFailed'), 'fail'),
      hookJob('alert', hook('SyncFail', 'HookSucceeded')),
      deploymentJson('hooked'),
    );
    await expectOperation('waiting for completion of hook batch/Job/alert');
    expect(await getJob('migrate')).toBeUndefined();
    await expectOperation(
      'Running: one or more synchronization tasks completed unsuccessfully. Retrying attempt #1',
    );
    expect(await results()).toEqual([
      'Job migrate PreSync PreSync Failed',
      'Job alert SyncFail SyncFail Succeeded',
    ]);
    expect(await fixture.getInTeam('deployments', 'hooked')).toBeUndefined();
  });

  it('are not started when the AppProject forbids another object', async () => {
    await commit(
      hookJob('migrate', hook('PreSync')),
      '{apiVersion: v1, kind: ResourceQuota, metadata: {name: mine}, spec: {hard: {pods: "1000"}}}',
    );
    expect(await operation()).toContain(
      'one or more synchronization tasks are not valid: resource :ResourceQuota is not permitted in project team',
    );
    expect(
      items(await status(), 'operationState.syncResult.resources').map(
        result => [result.kind, result.status, text(result, 'message')],
      ),
    ).toEqual([
      [
        'ResourceQuota',
        'SyncFailed',
        'resource :ResourceQuota is not permitted in project team',
      ],
    ]);
    expect(await getJob('migrate')).toBeUndefined();
  });
});
