import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { eventually } from '../__testUtils__/eventually';
import { PlatformRepository } from '../__testUtils__/PlatformRepository';
import {
  items,
  type KubernetesObject,
  text,
} from '../kubernetes/KubernetesObject';
import { type RunningKubernetes, startKubernetes } from '../kubernetes';

jest.setTimeout(60_000);

const REPOSITORY = 'http://127.0.0.1:7010/acme/platform.git';
const WEB = 'infra/gitops/workloads/team/web';

const set = (name: string, path: string, spec: object) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'ApplicationSet',
  metadata: { name, namespace: 'argocd' },
  spec: {
    goTemplate: true,
    generators: [
      {
        git: {
          repoURL: REPOSITORY,
          revision: 'main',
          directories: [
            { path },
            { path: 'infra/gitops/workloads/team/excluded/*/*', exclude: true },
          ],
        },
      },
    ],
    ...spec,
  },
});
const workloadSet = (
  name: string,
  path: string,
  suffix: string,
  options: { selfHeal: boolean; keep?: boolean },
) =>
  set(name, path, {
    ...(options.keep && {
      syncPolicy: {
        preserveResourcesOnDeletion: true,
        applicationsSync: 'create-update',
      },
    }),
    template: {
      metadata: {
        name: `team--{{index .path.segments 4}}--${suffix}`,
        labels: { 'ml-platform.io/workload': '{{index .path.segments 4}}' },
      },
      spec: {
        project: 'team',
        source: {
          repoURL: REPOSITORY,
          targetRevision: 'main',
          path: '{{.path.path}}',
        },
        destination: {
          server: 'https://kubernetes.default.svc',
          namespace: 'team-dev',
        },
        syncPolicy: {
          automated: { prune: true, selfHeal: options.selfHeal },
          syncOptions: ['ServerSideApply=true'],
        },
      },
    },
  });

const BOOTSTRAP = [
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'platform' },
    spec: {
      sourceRepos: ['*'],
      destinations: [{ server: '*', namespace: '*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  },
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'team' },
    spec: {
      sourceRepos: [REPOSITORY],
      destinations: [
        { server: 'https://kubernetes.default.svc', namespace: 'team-dev' },
      ],
      clusterResourceWhitelist: [],
      namespaceResourceBlacklist: [{ group: '', kind: 'ResourceQuota' }],
    },
  },
  set('tenants', 'infra/gitops/tenants/*/overlays/*', {
    template: {
      metadata: {
        name: 'tenant--{{index .path.segments 3}}--{{.path.basename}}',
      },
      spec: {
        project: 'platform',
        source: {
          repoURL: REPOSITORY,
          targetRevision: 'main',
          path: '{{.path.path}}',
        },
        destination: { server: 'https://kubernetes.default.svc' },
        syncPolicy: { automated: { prune: false, selfHeal: true } },
      },
    },
  }),
  workloadSet('dev', 'infra/gitops/workloads/team/*/overlays/dev', 'dev', {
    selfHeal: true,
  }),
  workloadSet('prod', 'infra/gitops/workloads/team/*/overlays/prod', 'prod', {
    selfHeal: true,
    keep: true,
  }),
  workloadSet('runs', 'infra/gitops/workloads/team/*/runs/dev', 'dev--runs', {
    selfHeal: false,
  }),
];

const deployment = (
  name: string,
  options: {
    labels?: object;
    deadline?: number;
    image?: string;
    gpus?: number;
  } = {},
) =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      progressDeadlineSeconds: options.deadline ?? 60,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, ...options.labels } },
        spec: {
          containers: [
            {
              name: 'server',
              image: options.image ?? 'example.com/web:1',
              ...(options.gpus && {
                resources: { limits: { 'nvidia.com/gpu': options.gpus } },
              }),
            },
          ],
        },
      },
    },
  });
const job = (name: string, labels: object = {}) =>
  JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      backoffLimit: 0,
      template: {
        metadata: {
          labels,
          annotations: { 'simulation.ml-platform.io/run-seconds': '1' },
        },
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'train', image: 'example.com/train:1' }],
        },
      },
    },
  });
const service = (name: string) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { ports: [{ port: 80 }] },
  });
const kustomization = (...resources: string[]) =>
  JSON.stringify({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources,
  });

const TENANT = 'infra/gitops/tenants/team/overlays/dev';
const FILES = {
  'infra/gitops/bootstrap/sandbox/kustomization.yaml':
    kustomization('all.yaml'),
  'infra/gitops/bootstrap/sandbox/all.yaml': BOOTSTRAP.map(object =>
    JSON.stringify(object),
  ).join('\n---\n'),
  [`${TENANT}/kustomization.yaml`]: kustomization(
    'namespace.yaml',
    'quota.yaml',
  ),
  [`${TENANT}/namespace.yaml`]:
    '{apiVersion: v1, kind: Namespace, metadata: {name: team-dev}}',
  [`${TENANT}/quota.yaml`]:
    '{apiVersion: v1, kind: ResourceQuota, metadata: {name: tenant, namespace: team-dev}, spec: {hard: {services: "2"}}}',
  [`${WEB}/base/kustomization.yaml`]: kustomization(
    'deployment.yaml',
    'service.yaml',
  ),
  [`${WEB}/base/deployment.yaml`]: deployment('web'),
  [`${WEB}/base/service.yaml`]: service('web'),
  [`${WEB}/overlays/dev/kustomization.yaml`]: kustomization('../../base'),
};

describe('Argo CD over a platform repository', () => {
  let repository: PlatformRepository;
  let kubernetes: RunningKubernetes;
  const logger = { info: () => {}, warn: jest.fn(), error: jest.fn() };

  const start = () =>
    startKubernetes({
      host: '127.0.0.1',
      port: 0,
      stateDirectory: repository.stateDirectory,
      repositoryDirectory: repository.directory,
      // Another port than in Git, as when a test or a person chooses one.
      repositoryUrl: REPOSITORY.replace('7010', '1'),
      branch: 'main',
      onPush: () => {},
      logger,
    });
  const get = async (path: string): Promise<KubernetesObject | undefined> => {
    const response = await fetch(`${kubernetes.url}${path}`);
    return response.ok ? response.json() : undefined;
  };
  const application = async (name: string) =>
    (await get(
      `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${name}`,
    ))!;
  const inNamespace = (plural: string, name: string, group = 'apis/apps/v1') =>
    get(`/${group}/namespaces/team-dev/${plural}/${name}`);
  /** Sync and health, as `kubectl get applications` shows them. */
  const state = async (name: string) => {
    const found = await application(name);
    return `${text(found, 'status.sync.status')} ${text(
      found,
      'status.health.status',
    )}`;
  };
  const expectState = (name: string, expected: string) =>
    eventually(async () => expect(await state(name)).toBe(expected));
  const commit = async (files: Record<string, string | undefined>) => {
    const sha = await repository.commit(files);
    await kubernetes.sync();
    return sha;
  };
  const conditionOf = async (name: string) => {
    const [condition] = items(await application(name), 'status.conditions');
    return condition && `${condition.type}: ${condition.message}`;
  };

  beforeAll(async () => {
    repository = await PlatformRepository.create();
    await repository.commit(FILES);
    kubernetes = await start();
    await kubernetes.sync();
  });

  afterAll(async () => {
    await kubernetes?.stop();
    await repository?.remove();
  });

  it('applies a merged workload: Progressing first, then Healthy', async () => {
    expect(await state('tenant--team--dev')).toBe('Synced Healthy');
    const sha = await commit({
      [`${WEB}/overlays/dev/extra.yaml`]:
        '{apiVersion: v1, kind: ConfigMap, metadata: {name: extra}}',
      [`${WEB}/overlays/dev/kustomization.yaml`]: kustomization(
        '../../base',
        'extra.yaml',
      ),
    });
    await expectState('team--web--dev', 'Synced Healthy');
    const found = await application('team--web--dev');
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
          source: { path: `${WEB}/overlays/dev` },
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
      (await inNamespace('deployments', 'web'))?.metadata.annotations,
    ).toMatchObject({
      'argocd.argoproj.io/tracking-id':
        'team--web--dev:apps/Deployment:team-dev/web',
    });

    await commit({
      [`${WEB}/base/deployment.yaml`]: deployment('web', {
        image: 'example.com/web:2',
      }),
    });
    expect(await state('team--web--dev')).toBe('Synced Progressing');
    await expectState('team--web--dev', 'Synced Healthy');
    expect((await application('team--web--dev')).status).toMatchObject({
      summary: { images: ['example.com/web:2'] },
    });
  });

  it('prunes what is no longer in Git', async () => {
    await commit({
      [`${WEB}/overlays/dev/extra.yaml`]: undefined,
      [`${WEB}/overlays/dev/kustomization.yaml`]: kustomization('../../base'),
    });
    expect(await inNamespace('configmaps', 'extra', 'api/v1')).toBeUndefined();
    expect(await inNamespace('deployments', 'web')).toBeDefined();
    expect(await state('team--web--dev')).toBe('Synced Healthy');
  });

  it('moves the revision of Applications that a commit does not touch, without deploying them again', async () => {
    const before = await application('team--web--dev');
    const sha = await commit({ 'README.md': 'More' });
    const after = await application('team--web--dev');
    expect(after.status).toMatchObject({
      sync: { revision: sha },
      history: before.status?.history,
    });
  });

  it('keeps what runs when a build fails, and says why', async () => {
    await commit({
      [`${WEB}/overlays/dev/kustomization.yaml`]: kustomization(
        '../../base',
        'missing.yaml',
      ),
    });
    const found = await application('team--web--dev');
    expect(found.status).toMatchObject({
      sync: { status: 'Unknown', revision: 'main' },
      health: { status: 'Healthy' },
    });
    const message = await conditionOf('team--web--dev');
    expect(message).toMatch(
      /^ComparisonError: Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = `kustomize build <path to cached source>\/infra\/\S+\/overlays\/dev` failed exit status 1: Error: accumulating resources: /,
    );
    expect(message).not.toContain('/tmp');
    expect(await inNamespace('deployments', 'web')).toBeDefined();

    await commit({
      [`${WEB}/overlays/dev/kustomization.yaml`]: kustomization('../../base'),
    });
    expect(await state('team--web--dev')).toBe('Synced Healthy');
    expect(await conditionOf('team--web--dev')).toBeUndefined();
  });

  it('finds a crashing Deployment Degraded after its deadline', async () => {
    const crash = {
      labels: { 'simulation.ml-platform.io/outcome': 'crash' },
      deadline: 2,
    };
    await commit({ [`${WEB}/base/deployment.yaml`]: deployment('web', crash) });
    expect(await state('team--web--dev')).toBe('Synced Progressing');
    await expectState('team--web--dev', 'Synced Degraded');
    await commit({ [`${WEB}/base/deployment.yaml`]: deployment('web') });
    await expectState('team--web--dev', 'Synced Healthy');
  });

  it('refuses what the AppProject does not allow, as a whole', async () => {
    const path = 'infra/gitops/workloads/team/greedy/overlays/dev';
    await commit({
      [`${path}/kustomization.yaml`]: kustomization('all.yaml'),
      [`${path}/all.yaml`]: [
        service('greedy'),
        '{apiVersion: v1, kind: Namespace, metadata: {name: stolen}}',
        '{apiVersion: v1, kind: ResourceQuota, metadata: {name: more, namespace: team-dev}, spec: {hard: {pods: "1000"}}}',
        '{apiVersion: v1, kind: ConfigMap, metadata: {name: elsewhere, namespace: argocd}}',
        '{apiVersion: example.com/v1, kind: Widget, metadata: {name: x}}',
      ].join('\n---\n'),
    });
    expect(await state('team--greedy--dev')).toBe('OutOfSync Missing');
    const { status } = await application('team--greedy--dev');
    const message =
      'one or more synchronization tasks are not valid: The Kubernetes API could not find example.com/Widget for requested resource team-dev/x. ' +
      'Make sure the "Widget" CRD is installed on the destination cluster.; namespace argocd is not permitted in project \'team\'; ' +
      'resource :Namespace is not permitted in project team; resource :ResourceQuota is not permitted in project team';
    expect(status).toMatchObject({
      operationState: {
        // It will be tried again, five times.
        phase: 'Running',
        message: expect.stringMatching(
          /\. Retrying attempt #1 at \d+:\d\d[AP]M\.$/,
        ),
        retryCount: 1,
      },
    });
    expect(text(status, 'operationState.message')).toContain(message);
    expect(await inNamespace('services', 'greedy', 'api/v1')).toBeUndefined();
    expect(await get('/api/v1/namespaces/stolen')).toBeUndefined();
  });

  it('reports what the API server refuses: quota, missing fields, immutable fields', async () => {
    const path = 'infra/gitops/workloads/team/broken/overlays/dev';
    await commit({
      [`${path}/all.yaml`]: [
        service('one'),
        service('two'),
        '{apiVersion: apps/v1, kind: Deployment, metadata: {name: empty}, spec: {}}',
      ].join('\n---\n'),
    });
    const { status } = await application('team--broken--dev');
    expect(text(status, 'sourceType')).toBe('Directory');
    expect(text(status, 'operationState.message')).toMatch(
      /^one or more synchronization tasks completed unsuccessfully, reason: services "two" is forbidden: exceeded quota: tenant, requested: services=1, used: services=2, limited: services=2,Deployment.apps "empty" is invalid: /,
    );
    await commit({
      [`${WEB}/base/deployment.yaml`]: deployment('web').replace(
        '"matchLabels":{"app":"web"}',
        '"matchLabels":{"app":"web2"}',
      ),
    });
    expect(
      text(
        await application('team--web--dev'),
        'status.operationState.message',
      ),
    ).toContain(
      'Deployment.apps "web" is invalid: spec.selector: Invalid value: field is immutable',
    );
    await commit({
      [`${WEB}/base/deployment.yaml`]: deployment('web'),
      [`${path}/all.yaml`]: undefined,
    });
    await expectState('team--web--dev', 'Synced Healthy');
  });

  it('runs training: one Job completes, one fails, one waits for GPUs', async () => {
    const runs = 'infra/gitops/workloads/team/train/runs/dev';
    await commit({ [`${runs}/good.yaml`]: job('good') });
    expect(await state('team--train--dev--runs')).toBe('Synced Progressing');
    await expectState('team--train--dev--runs', 'Synced Healthy');
    await commit({
      [`${runs}/bad.yaml`]: job('bad', {
        'simulation.ml-platform.io/outcome': 'fail',
      }),
    });
    await expectState('team--train--dev--runs', 'Synced Degraded');
    await commit({ [`${runs}/bad.yaml`]: undefined });
    await expectState('team--train--dev--runs', 'Synced Healthy');
    const path = 'infra/gitops/workloads/team/gpu/overlays/dev';
    await commit({ [`${path}/gpu.yaml`]: deployment('gpu', { gpus: 8 }) });
    await eventually(async () => {
      const pods = await get(
        '/api/v1/namespaces/team-dev/pods?labelSelector=app%3Dgpu',
      );
      expect(items(items(pods, 'items')[0], 'status.conditions')).toMatchObject(
        [{ reason: 'Unschedulable' }],
      );
    });
    expect(await state('team--gpu--dev')).toBe('Synced Progressing');
  });

  it('deletes an Application with its objects when the directory goes, but never in production', async () => {
    const paths = ['dev', 'prod'].map(
      environment =>
        `infra/gitops/workloads/team/brief/overlays/${environment}/all.yaml`,
    );
    await commit({
      [paths[0]]: deployment('brief'),
      [paths[1]]: deployment('brief-prod'),
    });
    await expectState('team--brief--dev', 'Synced Healthy');
    await commit({ [paths[0]]: undefined, [paths[1]]: undefined });
    expect(await application('team--brief--dev')).toBeUndefined();
    expect(await inNamespace('deployments', 'brief')).toBeUndefined();
    await eventually(async () => {
      const pods = await get(
        '/api/v1/namespaces/team-dev/pods?labelSelector=app%3Dbrief',
      );
      expect(items(pods, 'items')).toEqual([]);
    });
    expect(await conditionOf('team--brief--prod')).toMatch(
      /app path does not exist$/,
    );
    expect(await inNamespace('deployments', 'brief-prod')).toBeDefined();
  });

  it('keeps its ApplicationSets when the bootstrap is broken', async () => {
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

  it('tells the same history after a restart, and starts no finished Job again', async () => {
    await commit({
      [`${WEB}/base/deployment.yaml`]: deployment('web', { deadline: 90 }),
    });
    const before = await application('team--web--dev');
    const finished = await inNamespace('jobs', 'good', 'apis/batch/v1');
    await kubernetes.stop();
    kubernetes = await start();
    await kubernetes.sync();
    await expectState('team--web--dev', 'Synced Healthy');
    const after = await application('team--web--dev');
    expect(after.status).toMatchObject({
      history: before.status?.history,
      operationState: before.status?.operationState,
    });
    expect(after.metadata.creationTimestamp).toBe(
      before.metadata.creationTimestamp,
    );
    expect(
      (await inNamespace('jobs', 'good', 'apis/batch/v1'))?.status,
    ).toEqual(finished?.status);
  });

  it('serves the real kubectl', async () => {
    const kubectl = async (...args: string[]) =>
      (
        await promisify(execFile)('kubectl', [
          '--server',
          kubernetes.url,
          '--cache-dir',
          repository.stateDirectory,
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
      'the server does not allow this method on the requested resource',
    );
  });
});
