import {
  fakeObjects,
  testDatabase,
} from '@internal/plugin-ml-platform-node/testing';
import {
  ChangeRequestSuite,
  eventually,
  history,
  scorer,
  step,
} from './__testUtils__/ChangeRequestSuite';

const databases = testDatabase();

describe('rollouts of change requests', () => {
  let suite: ChangeRequestSuite;

  beforeEach(async () => {
    suite = await ChangeRequestSuite.create(databases);
  });
  afterEach(() => suite.stop());

  it('ignore Applications in the AppProject of another team', async () => {
    await suite.start();
    const { number } = await suite.changeDev('a: 2\n');
    const merged = await suite.merge(number);
    suite.deploy('dev', { history: history(merged) });
    const [application] = suite.kubernetes.objects;
    application.spec = { project: 'app-data-team' };
    await eventually(
      () => suite.read(number),
      detail =>
        expect(step(detail, 'applied')).toMatchObject([
          {
            state: 'waiting',
            text: 'Argo CD does not have the Application yet.',
          },
        ]),
    );
    application.spec = { project: 'app-ml-team' };
    await eventually(
      () => suite.read(number),
      detail =>
        expect(step(detail, 'applied')).toMatchObject([{ state: 'passed' }]),
    );
  });

  it('are not healthy while a pod is not ready', async () => {
    await suite.start();
    const { number } = await suite.changeDev('a: 2\n');
    const merged = await suite.merge(number);
    const pod = (state: object, ready: boolean) =>
      fakeObjects.ofWorkload('fraud-scorer', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'fraud-scorer-1', namespace: 'app-ml-team-dev' },
        spec: { containers: [{ name: 'server', image: 'scorer:1' }] },
        status: {
          phase: 'Running',
          conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
          containerStatuses: [
            { name: 'server', ready, restartCount: 4, state },
          ],
        },
      });
    const namespace = fakeObjects.namespace(
      'app-ml-team',
      'dev',
      'app-ml-team-dev',
    );
    suite.kubernetes.objects = [
      namespace,
      pod(
        { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } },
        false,
      ),
    ];
    suite.deploy('dev', {
      history: history(merged),
      health: { status: 'Healthy' },
    });
    await eventually(
      () => suite.read(number),
      detail =>
        expect(step(detail, 'healthy')).toMatchObject([
          { state: 'running', text: expect.stringMatching(/\w/) },
        ]),
    );
    const application = suite.kubernetes.objects.at(-1)!;
    suite.kubernetes.objects = [
      namespace,
      pod({ running: {} }, true),
      application,
    ];
    await eventually(
      () => suite.read(number),
      detail =>
        expect(step(detail, 'healthy')).toMatchObject([{ state: 'passed' }]),
    );
  });

  it('that delete a workload are done when its Application is deleted', async () => {
    await suite.start();
    suite.deploy('dev', { health: { status: 'Healthy' } });
    const { number } = await suite.changeDev('a: 2\n');
    const removal = await suite.open({
      [`${scorer}/overlays/dev/kustomization.yaml`]: undefined,
    });
    await suite.forge.act('PATCH', `pulls/${number}`, { state: 'closed' });
    await suite.merge(removal.number);
    await eventually(
      () => suite.read(removal.number),
      detail =>
        expect(step(detail, 'applied')).toMatchObject([
          { state: 'waiting', text: 'Argo CD still has the Application.' },
        ]),
    );
    suite.kubernetes.objects = [];
    await eventually(
      () => suite.read(removal.number),
      detail => {
        expect(detail?.step).toBe('done');
        expect(step(detail, 'applied')).toMatchObject([
          { state: 'passed', text: 'Removed.' },
        ]);
      },
    );
    expect(await suite.read(number)).toMatchObject({
      state: 'closed',
      failed: false,
      step: 'done',
      steps: [
        { id: 'opened' },
        { id: 'check', state: 'skipped' },
        { id: 'approved', state: 'skipped' },
        { id: 'merged', state: 'skipped', text: 'Closed without a merge.' },
        { id: 'applied', state: 'skipped' },
        { id: 'healthy', state: 'skipped' },
      ],
    });
  });

  it('say that Terraform is not applied here', async () => {
    await suite.start();
    const { number } = await suite.open({
      'infra/terraform/compositions/teams/app-ml-team/dev/fraud-scorer.tf': '',
    });
    await eventually(
      () => suite.read(number),
      detail =>
        expect(step(detail, 'applied')).toMatchObject([
          {
            state: 'skipped',
            environment: 'dev',
            text: expect.stringContaining('not applied here'),
          },
        ]),
    );
  });
});
