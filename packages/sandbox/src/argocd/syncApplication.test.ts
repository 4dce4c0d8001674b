import { GitOpsFixture } from '../__testUtils__/GitOpsFixture';
import {
  deploymentJson,
  kustomization,
  serviceJson,
  WEB_DIRECTORY,
} from '../__testUtils__/platformFiles';
import { text } from '../kubernetes/KubernetesObject';

describe('syncing Applications', () => {
  const logger = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };
  let fixture: GitOpsFixture;
  beforeAll(async () => {
    fixture = await GitOpsFixture.start(logger);
  });
  afterAll(() => fixture?.stop());

  it('applies a commit; the Application is Progressing, then Healthy', async () => {
    const { commit, expectState, getApplication, getInTeam, state } = fixture;
    expect(await state('tenant--team--dev')).toBe('Synced Healthy');
    const sha = await commit({
      [`${WEB_DIRECTORY}/overlays/dev/extra.yaml`]:
        '{apiVersion: v1, kind: ConfigMap, metadata: {name: extra}}',
      [`${WEB_DIRECTORY}/overlays/dev/kustomization.yaml`]: kustomization(
        '../../base',
        'extra.yaml',
      ),
    });
    await expectState('team--web--dev', 'Synced Healthy');
    const found = await getApplication('team--web--dev');
    expect(found.metadata).toMatchObject({
      labels: { 'ml-platform.io/workload': 'web' },
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    });
    expect(found.status).toMatchObject({
      sync: { revision: sha },
      history: [
        {
          id: 0,
          initiatedBy: { automated: true },
          source: { path: `${WEB_DIRECTORY}/overlays/dev` },
        },
        { id: 1, revision: sha },
      ],
      operationState: {
        phase: 'Succeeded',
        message: 'successfully synced (all tasks run)',
        syncResult: { revision: sha },
      },
      resources: expect.arrayContaining([
        {
          group: 'apps',
          version: 'v1',
          kind: 'Deployment',
          namespace: 'team-dev',
          name: 'web',
          status: 'Synced',
        },
      ]),
      summary: { images: ['example.com/web:1'] },
      sourceType: 'Kustomize',
    });
    expect(
      (await getInTeam('deployments', 'web'))?.metadata.annotations,
    ).toMatchObject({
      'argocd.argoproj.io/tracking-id':
        'team--web--dev:apps/Deployment:team-dev/web',
    });

    await commit({
      [`${WEB_DIRECTORY}/base/deployment.yaml`]: deploymentJson('web', {
        image: 'example.com/web:2',
      }),
    });
    expect(await state('team--web--dev')).toBe('Synced Progressing');
    await expectState('team--web--dev', 'Synced Healthy');
    expect((await getApplication('team--web--dev')).status).toMatchObject({
      summary: { images: ['example.com/web:2'] },
    });
  });

  it('prunes objects that are no longer in Git', async () => {
    const { commit, getInTeam, state } = fixture;
    await commit({
      [`${WEB_DIRECTORY}/overlays/dev/extra.yaml`]: undefined,
      [`${WEB_DIRECTORY}/overlays/dev/kustomization.yaml`]:
        kustomization('../../base'),
    });
    expect(await getInTeam('configmaps', 'extra', 'api/v1')).toBeUndefined();
    expect(await getInTeam('deployments', 'web')).toBeDefined();
    expect(await state('team--web--dev')).toBe('Synced Healthy');
  });

  it('updates the revision of Applications that a commit does not change, without a deployment', async () => {
    const { commit, getApplication } = fixture;
    const before = await getApplication('team--web--dev');
    const sha = await commit({ 'README.md': 'More' });
    const after = await getApplication('team--web--dev');
    expect(after.status).toMatchObject({
      sync: { revision: sha },
      history: before.status?.history,
    });
  });

  it('keeps live objects when a build fails, and reports the error', async () => {
    const { commit, condition, getApplication, getInTeam, state } = fixture;
    await commit({
      [`${WEB_DIRECTORY}/overlays/dev/kustomization.yaml`]: kustomization(
        '../../base',
        'missing.yaml',
      ),
    });
    const found = await getApplication('team--web--dev');
    expect(found.status).toMatchObject({
      sync: { status: 'Unknown', revision: 'main' },
      health: { status: 'Healthy' },
    });
    const message = await condition('team--web--dev');
    expect(message).toMatch(
      /^ComparisonError: Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = `kustomize build <path to cached source>\/infra\/\S+\/overlays\/dev` failed exit status 1: Error: accumulating resources: /,
    );
    expect(message).not.toContain('/tmp');
    expect(await getInTeam('deployments', 'web')).toBeDefined();

    await commit({
      [`${WEB_DIRECTORY}/overlays/dev/kustomization.yaml`]:
        kustomization('../../base'),
    });
    expect(await state('team--web--dev')).toBe('Synced Healthy');
    expect(await condition('team--web--dev')).toBeUndefined();
  });

  it('applies nothing when the AppProject does not permit an object', async () => {
    const { commit, get, getApplication, getInTeam, state } = fixture;
    const path = 'infra/gitops/workloads/team/greedy/overlays/dev';
    await commit({
      [`${path}/kustomization.yaml`]: kustomization('all.yaml'),
      [`${path}/all.yaml`]: [
        serviceJson('greedy'),
        '{apiVersion: v1, kind: Namespace, metadata: {name: stolen}}',
        '{apiVersion: v1, kind: ResourceQuota, metadata: {name: more, namespace: team-dev}, spec: {hard: {pods: "1000"}}}',
        '{apiVersion: v1, kind: ConfigMap, metadata: {name: elsewhere, namespace: argocd}}',
        '{apiVersion: example.com/v1, kind: Widget, metadata: {name: x}}',
      ].join('\n---\n'),
    });
    expect(await state('team--greedy--dev')).toBe('OutOfSync Missing');
    const { status } = await getApplication('team--greedy--dev');
    const message =
      'one or more synchronization tasks are not valid: The Kubernetes API could not find example.com/Widget for requested resource team-dev/x. ' +
      'Make sure the "Widget" CRD is installed on the destination cluster.; namespace argocd is not permitted in project \'team\'; ' +
      'resource :Namespace is not permitted in project team; resource :ResourceQuota is not permitted in project team';
    expect(status).toMatchObject({
      operationState: {
        // The sync will be retried five times.
        phase: 'Running',
        message: expect.stringMatching(
          /\. Retrying attempt #1 at \d+:\d\d[AP]M\.$/,
        ),
        retryCount: 1,
      },
    });
    expect(text(status, 'operationState.message')).toContain(message);
    expect(await getInTeam('services', 'greedy', 'api/v1')).toBeUndefined();
    expect(await get('/api/v1/namespaces/stolen')).toBeUndefined();
  });

  it('reports objects that the API server rejects: quota, missing fields, immutable fields', async () => {
    const { commit, expectState, getApplication } = fixture;
    const path = 'infra/gitops/workloads/team/broken/overlays/dev';
    await commit({
      [`${path}/all.yaml`]: [
        serviceJson('one'),
        serviceJson('two'),
        '{apiVersion: apps/v1, kind: Deployment, metadata: {name: empty}, spec: {}}',
      ].join('\n---\n'),
    });
    const { status } = await getApplication('team--broken--dev');
    expect(text(status, 'sourceType')).toBe('Directory');
    expect(text(status, 'operationState.message')).toMatch(
      /^one or more synchronization tasks completed unsuccessfully, reason: services "two" is forbidden: exceeded quota: tenant, requested: services=1, used: services=2, limited: services=2,Deployment.apps "empty" is invalid: /,
    );
    await commit({
      [`${WEB_DIRECTORY}/base/deployment.yaml`]: deploymentJson('web').replace(
        '"matchLabels":{"app":"web"}',
        '"matchLabels":{"app":"web2"}',
      ),
    });
    expect(
      text(
        await getApplication('team--web--dev'),
        'status.operationState.message',
      ),
    ).toContain(
      'Deployment.apps "web" is invalid: [spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`, spec.selector: Invalid value: {"matchLabels":{"app":"web2"}}: field is immutable]',
    );
    await commit({
      [`${WEB_DIRECTORY}/base/deployment.yaml`]: deploymentJson('web'),
      [`${path}/all.yaml`]: undefined,
    });
    await expectState('team--web--dev', 'Synced Healthy');
  });

  it.each([
    [
      'a misspelt field',
      deploymentJson('web').replace(
        '"progressDeadlineSeconds":60',
        '"replica":1',
      ),
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"',
    ],
    [
      'a selector of other pods',
      deploymentJson('new').replace(
        '"matchLabels":{"app":"new"}',
        '"matchLabels":{"app":"other"}',
      ),
      'Deployment.apps "new" is invalid: spec.template.metadata.labels: Invalid value: {"app":"new"}: `selector` does not match template `labels`',
    ],
    [
      'a request over its limit',
      `
apiVersion: batch/v1
kind: Job
metadata: { name: big }
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: big
          image: docker.io/library/busybox:1.37.0
          resources: { requests: { cpu: 2 }, limits: { cpu: 1 } }`,
      'Job.batch "big" is invalid: spec.template.spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
    ],
    [
      'a Job that restarts for ever',
      '{apiVersion: batch/v1, kind: Job, metadata: {name: x}, spec: {template: {spec: {containers: [{name: x, image: "docker.io/library/busybox:1.37.0"}]}}}}',
      'Job.batch "x" is invalid: spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
    ],
  ])('refuses %s in the words of the API server', async (_, yaml, words) => {
    const { commit, getApplication } = fixture;
    const path = 'infra/gitops/workloads/team/mistaken/overlays/dev';
    await commit({ [`${path}/all.yaml`]: yaml });
    const { status } = await getApplication('team--mistaken--dev');
    expect(text(status, 'operationState.message')).toContain(words);
    expect(text(status, 'sync.status')).toBe('OutOfSync');
    await commit({ [`${path}/all.yaml`]: undefined });
  });
});
