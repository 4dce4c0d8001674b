import { TestCluster } from '../__testUtils__/TestCluster';
import { items, text } from '../kubernetes/KubernetesObject';

/** A Deployment of one pod with fields of its pod and of its container. */
const deployment = (podFields: object, containerFields: object = {}) =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [
            { name: 'server', image: 'example.com/web:1', ...containerFields },
          ],
          ...podFields,
        },
      },
    },
  });

const CONFIG =
  '{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {present: x}}';
const SECRET =
  '{apiVersion: v1, kind: Secret, metadata: {name: credentials}, stringData: {present: x}}';
const ACCOUNT = '{apiVersion: v1, kind: ServiceAccount, metadata: {name: web}}';
const CLAIM =
  '{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}';

const env = (source: string, reference: object) => ({
  env: [{ name: 'X', valueFrom: { [source]: reference } }],
});
const envFrom = (source: string, reference: object) => ({
  envFrom: [{ [source]: reference }],
});
const mounted = { volumeMounts: [{ name: 'files', mountPath: '/files' }] };
const volume = (source: object) => ({
  volumes: [{ name: 'files', ...source }],
});
const mountFailure = (problem: string) =>
  `FailedMount: MountVolume.SetUp failed for volume "files" : ${problem}`;

describe('a pod that cannot start', () => {
  let cluster: TestCluster;
  beforeEach(async () => {
    cluster = await TestCluster.create();
  });
  afterEach(() => cluster.remove());

  const waiting = () => {
    const [pod] = cluster.list('pods');
    const [status] = items(pod, 'status.containerStatuses');
    return [
      text(pod, 'status.phase'),
      text(status, 'state.waiting.reason'),
      text(status, 'state.waiting.message'),
    ];
  };

  it.each<[string, object, string, string]>([
    [
      'a ConfigMap',
      env('configMapKeyRef', { name: 'settings', key: 'present' }),
      CONFIG,
      'configmap "settings" not found',
    ],
    [
      'a Secret',
      env('secretKeyRef', { name: 'credentials', key: 'present' }),
      SECRET,
      'secret "credentials" not found',
    ],
    [
      'a ConfigMap of all variables',
      envFrom('configMapRef', { name: 'settings' }),
      CONFIG,
      'configmap "settings" not found',
    ],
    [
      'a Secret of all variables',
      envFrom('secretRef', { name: 'credentials' }),
      SECRET,
      'secret "credentials" not found',
    ],
  ])(
    'waits for %s that is missing, and starts with it',
    async (_name, fields, solution, message) => {
      cluster.apply(deployment({}, fields));
      cluster.advance(5);
      expect(waiting()).toEqual([
        'Pending',
        'CreateContainerConfigError',
        message,
      ]);
      expect(cluster.events()).toContain(`Failed: Error: ${message}`);
      cluster.apply(solution);
      cluster.advance(2);
      expect(cluster.podStates()).toEqual(['Running']);
      expect(cluster.events()).toContain('Started: Container started');
    },
  );

  it.each([
    [
      env('configMapKeyRef', { name: 'settings', key: 'absent' }),
      "couldn't find key absent in ConfigMap team/settings",
    ],
    [
      env('secretKeyRef', { name: 'credentials', key: 'absent' }),
      "couldn't find key absent in Secret team/credentials",
    ],
  ])('waits for a key that is missing', (fields, message) => {
    cluster.apply(`${CONFIG}\n---\n${SECRET}`);
    cluster.apply(deployment({}, fields));
    cluster.advance(5);
    expect(waiting()[2]).toBe(message);
  });

  it.each([
    [
      { configMap: { name: 'settings' } },
      CONFIG,
      'configmap "settings" not found',
    ],
    [
      { secret: { secretName: 'credentials' } },
      SECRET,
      'secret "credentials" not found',
    ],
    [
      { projected: { sources: [{ configMap: { name: 'settings' } }] } },
      CONFIG,
      'configmap "settings" not found',
    ],
    [
      { configMap: { name: 'settings', items: [{ key: 'a', path: 'a' }] } },
      CONFIG.replace('present', 'a'),
      'configmap "settings" not found',
    ],
  ])(
    'cannot mount a volume without its source: %j',
    (source, solution, problem) => {
      cluster.apply(deployment(volume(source), mounted));
      cluster.advance(5);
      expect(waiting()).toEqual(['Pending', 'ContainerCreating', '']);
      expect(cluster.events()).toContain(mountFailure(problem));
      cluster.apply(solution);
      cluster.advance(2);
      expect(cluster.podStates()).toEqual(['Running']);
    },
  );

  it.each([
    [
      { configMap: { name: 'settings', items: [{ key: 'a', path: 'a' }] } },
      'configmap references non-existent config key: a',
    ],
    [
      {
        secret: { secretName: 'credentials', items: [{ key: 'a', path: 'a' }] },
      },
      'references non-existent secret key: a',
    ],
  ])('cannot mount a key that is missing: %j', (source, problem) => {
    cluster.apply(`${CONFIG}\n---\n${SECRET}`);
    cluster.apply(deployment(volume(source), mounted));
    cluster.advance(5);
    expect(cluster.events()).toContain(mountFailure(problem));
  });

  it.each([
    [{}, env('configMapKeyRef', { name: 'no', key: 'no', optional: true })],
    [{}, env('secretKeyRef', { name: 'no', key: 'no', optional: true })],
    [{}, envFrom('configMapRef', { name: 'no', optional: true })],
    [{}, envFrom('secretRef', { name: 'no', optional: true })],
    [volume({ configMap: { name: 'no', optional: true } }), mounted],
    [volume({ secret: { secretName: 'no', optional: true } }), mounted],
    [{}, env('secretKeyRef', { name: 'database', key: 'password' })],
  ])('is not one with optional or provided sources', (pod, container) => {
    cluster.apply(deployment(pod, container));
    cluster.advance(5);
    expect(cluster.podStates()).toEqual(['Running']);
  });

  it('has an image whose tag does not exist', () => {
    const image = 'ghcr.io/mlflow/mlflow:v2.20.33';
    const error = `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
    cluster.apply(deployment({}, { image }));
    cluster.advance(3);
    expect(waiting()).toEqual(['Pending', 'ErrImagePull', error]);
    cluster.advance(3);
    expect(waiting()).toEqual([
      'Pending',
      'ImagePullBackOff',
      `Back-off pulling image "${image}": ErrImagePull: ${error}`,
    ]);
    expect(cluster.events()).toEqual(
      expect.arrayContaining([
        `Pulling: Pulling image "${image}"`,
        `Failed: Failed to pull image "${image}": ${error}`,
        'Failed: Error: ErrImagePull',
        `BackOff: Back-off pulling image "${image}"`,
        'Failed: Error: ImagePullBackOff',
      ]),
    );
    cluster.apply(deployment({}, { image: 'ghcr.io/mlflow/mlflow:v2.20.3' }));
    cluster.advance(20);
    expect(cluster.podStates()).toEqual(['Running']);
  });

  it.each([
    [
      'ghcr.io/Acme/Scorer:1',
      'invalid reference format: repository name (Acme/Scorer) must be lowercase',
    ],
    ['ghcr.io//acme/x:1', 'invalid reference format'],
  ])('has an image with an invalid name: %s', (image, problem) => {
    cluster.apply(deployment({}, { image }));
    cluster.advance(5);
    expect(waiting()).toEqual([
      'Pending',
      'InvalidImageName',
      `Failed to apply default image tag "${image}": couldn't parse image name "${image}": ${problem}`,
    ]);
  });

  it('has an init container that cannot start', () => {
    const init = { name: 'prepare', image: 'docker.io/library/busybox:nope' };
    cluster.apply(deployment({ initContainers: [init] }));
    cluster.advance(5);
    const [pod] = cluster.list('pods');
    expect(pod.status).toMatchObject({
      phase: 'Pending',
      initContainerStatuses: [
        { state: { waiting: { reason: 'ImagePullBackOff' } } },
      ],
    });
    expect(items(pod, 'status.conditions')).toContainEqual(
      expect.objectContaining({
        type: 'Initialized',
        status: 'False',
        message: 'containers with incomplete status: [prepare]',
      }),
    );
  });

  it('refers to a claim that does not exist', () => {
    const source = { persistentVolumeClaim: { claimName: 'data' } };
    cluster.apply(deployment(volume(source), mounted));
    cluster.advance(5);
    expect(cluster.events()).toContain(
      'FailedScheduling: 0/3 nodes are available: persistentvolumeclaim "data" not found. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
    );
    cluster.apply(CLAIM);
    cluster.advance(3);
    expect(cluster.podStates()).toEqual(['Running']);
  });

  it('is not created without its service account', () => {
    cluster.apply(deployment({ serviceAccountName: 'web' }));
    cluster.advance(5);
    expect(cluster.list('pods')).toEqual([]);
    const [set] = cluster.list('replicasets');
    const message = `pods "${set.metadata.name}-" is forbidden: error looking up service account team/web: serviceaccount "web" not found`;
    expect(items(set, 'status.conditions')).toMatchObject([
      { type: 'ReplicaFailure', reason: 'FailedCreate', message },
    ]);
    expect(cluster.events()).toContain(
      `FailedCreate: Error creating: ${message}`,
    );
    cluster.apply(ACCOUNT);
    cluster.advance(3);
    expect(cluster.podStates()).toEqual(['Running']);
  });

  it('runs for as long as any other once it could start', () => {
    cluster.apply(`
apiVersion: batch/v1
kind: Job
metadata: {name: train}
spec:
  template:
    metadata: {annotations: {simulation.ml-platform.io/run-seconds: '30'}}
    spec:
      restartPolicy: Never
      containers: [{name: train, image: 'example.com/train:1', envFrom: [{configMapRef: {name: settings}}]}]
`);
    cluster.advance(600);
    cluster.apply(CONFIG);
    cluster.advance(20);
    expect(cluster.podStates()).toEqual(['Running']);
    cluster.advance(15);
    expect(cluster.podStates()).toEqual(['Succeeded']);
  });
});
