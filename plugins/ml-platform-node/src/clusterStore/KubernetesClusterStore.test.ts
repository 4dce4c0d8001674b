import { ConfigReader } from '@backstage/config';
import {
  createTestStore,
  eventually,
  FakeKubernetes,
  fakeObjects,
} from '../testing';
import { readClusters } from './clusterConfig';
import type { ObjectChange } from './ClusterStore';
import { KubernetesClusterStore } from './KubernetesClusterStore';

const DIGEST = `sha256:${'a'.repeat(64)}`;

const pod = (name: string, namespace = 'app-ml-team') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, managedFields: [{ manager: 'kubelet' }] },
});

describe('KubernetesClusterStore', () => {
  let kubernetes: FakeKubernetes;
  let store: KubernetesClusterStore;

  const names = async (
    filter: Parameters<KubernetesClusterStore['list']>[2] = {},
    type: Parameters<KubernetesClusterStore['list']>[1] = 'pods',
  ) =>
    (await store.list('one', type, filter)).items
      .map(({ metadata }) => metadata.name)
      .sort();

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', 'app-ml-team-dev'),
      fakeObjects.namespace('app-ml-team', 'prod', 'app-ml-team'),
      pod('a'),
      fakeObjects.ofWorkload('scorer', pod('b')),
      fakeObjects.ofWorkload('scorer', {
        ...pod('d', 'app-ml-team-dev'),
        status: { containerStatuses: [{ imageID: `ghcr.io/x@${DIGEST}` }] },
      }),
      pod('c', 'kube-system'),
      fakeObjects.application('app-ml-team', 'scorer', 'prod', {}),
      {
        ...fakeObjects.application('app-ml-team', 'claimed', 'prod', {}),
        spec: { project: 'app-data-team' },
      },
    ];
    store = createTestStore({ one: kubernetes });
  });
  afterEach(async () => {
    await store.stop();
    await kubernetes.stop();
  });

  it('lists objects with their kinds, and without unused fields', async () => {
    const { items, asOf, problem } = await store.list('one', 'pods', {
      namespace: 'app-ml-team',
      labels: { 'backstage.io/kubernetes-id': 'scorer' },
    });

    expect(items.map(item => item.metadata.name)).toEqual(['b']);
    expect(items[0]).toMatchObject({ apiVersion: 'v1', kind: 'Pod' });
    expect(items[0].metadata).not.toHaveProperty('managedFields');
    expect(Date.parse(asOf!)).toBeLessThanOrEqual(Date.now());
    expect(problem).toBeUndefined();
  });

  it('filters by team, environment, workload, image, and their combinations', async () => {
    expect(await names({ team: 'app-ml-team' })).toEqual(['a', 'b', 'd']);
    expect(await names({ team: 'app-ml-team', environment: 'dev' })).toEqual([
      'd',
    ]);
    expect(await names({ workload: 'scorer' })).toEqual(['b', 'd']);
    expect(
      await names({ workload: 'scorer', team: 'app-ml-team', namespace: 'x' }),
    ).toEqual([]);
    expect(await names({ imageDigest: DIGEST })).toEqual(['d']);
    expect(await names({ imageDigest: DIGEST, team: 'other' })).toEqual([]);
    expect(await names({ team: 'app-ml-team' }, 'namespaces')).toEqual([
      'app-ml-team',
      'app-ml-team-dev',
    ]);
    expect(await names({ team: 'app-ml-team' }, 'applications')).toEqual([
      'app-ml-team--scorer--prod',
    ]);
    expect(await names({ team: 'app-ml-team' }, 'nodes')).toEqual([]);
  });

  it('reads from memory, without requests to the cluster', async () => {
    await kubernetes.settled(store);
    const asked = kubernetes.requests.length;

    for (let i = 0; i < 1000; i += 1) {
      await store.list('one', 'pods', { team: 'app-ml-team' });
    }

    expect(kubernetes.requests).toHaveLength(asked);
  });

  it('reports every change with the previous object', async () => {
    await kubernetes.settled(store);
    const changes: ObjectChange[] = [];
    const end = store.subscribe(change => changes.push(change));
    store.subscribe(() => {
      throw new Error('a bad listener');
    });

    kubernetes.objects.push(pod('new'));
    await kubernetes.settled(store);
    kubernetes.objects.at(-1)!.status = { phase: 'Running' };
    await kubernetes.settled(store);
    kubernetes.objects.pop();
    await kubernetes.settled(store);
    end();
    kubernetes.objects.pop();
    await kubernetes.settled(store);

    expect(
      changes.map(({ cluster, type, object, previous }) => [
        cluster,
        type,
        object?.status,
        previous?.metadata.name,
      ]),
    ).toEqual([
      ['one', 'pods', undefined, undefined],
      ['one', 'pods', { phase: 'Running' }, 'new'],
      ['one', 'pods', undefined, 'new'],
    ]);
  });

  it('reads all pages', async () => {
    await store.stop();
    kubernetes.objects = Array.from({ length: 1200 }, (_, i) => pod(`p${i}`));
    store = createTestStore({ one: kubernetes });

    await kubernetes.settled(store);

    expect(new Set(await names()).size).toBe(1200);
    expect(kubernetes.requests).toContainEqual(
      expect.stringMatching(/\/pods\?limit=500&continue=/),
    );
  });

  it('isolates clusters from one that does not respond', async () => {
    const silent = await FakeKubernetes.start();
    silent.behaviour = 'silent';
    const both = createTestStore(
      { bad: silent, good: kubernetes },
      { responseTimeoutMs: 500 },
    );

    await eventually(async () => {
      const { items } = await both.list('good', 'pods');
      expect(items).toHaveLength(4);
    });
    const bad = await both.list('bad', 'pods');

    expect(bad).toMatchObject({ items: [], problem: { kind: 'timeout' } });
    await both.stop();
    await silent.stop();
  });

  it('reports a cluster that cannot be reached', async () => {
    await kubernetes.stop();
    const unreachable = createTestStore({ one: kubernetes });

    expect(await unreachable.list('one', 'pods')).toEqual({
      items: [],
      problem: {
        source: 'Kubernetes (one)',
        kind: 'unreachable',
        message: 'Kubernetes (one) cannot be reached.',
      },
    });
    await unreachable.stop();
    kubernetes = await FakeKubernetes.start();
  });

  it('reads the owner of a namespace from its labels only', async () => {
    await expect(store.owner('one', 'app-ml-team')).resolves.toEqual({
      team: 'app-ml-team',
      environment: 'prod',
    });
    await expect(store.owner('one', 'kube-system')).resolves.toBeUndefined();
    await expect(store.owner('two', 'app-ml-team')).resolves.toBeUndefined();
  });

  it('returns an empty log for a pod without a node', async () => {
    kubernetes.logs.set('app-ml-team/a', '');
    await expect(
      store.podLogs({
        cluster: 'one',
        namespace: 'app-ml-team',
        pod: 'a',
        previous: false,
        tailLines: 100,
      }),
    ).resolves.toBe('');
  });

  it('returns the end of a long log, in whole lines', async () => {
    const line = `${'ä'.repeat(500)}\n`;
    kubernetes.logs.set('app-ml-team/a', `${line.repeat(2000)}last line\n`);
    await kubernetes.settled(store);
    const asked = kubernetes.requests.length;
    const options = {
      cluster: 'one',
      namespace: 'app-ml-team',
      pod: 'a',
      container: 'x&follow=true',
      previous: false,
      tailLines: 5000,
    };

    const text = await store.podLogs(options);

    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
    expect(text.startsWith('ää')).toBe(true);
    expect(text.endsWith('last line\n')).toBe(true);
    expect(kubernetes.requests[asked]).toContain('container=x%26follow%3Dtrue');
    await expect(store.podLogs({ ...options, pod: 'b' })).rejects.toThrow(
      'no such pod',
    );
    for (const name of ['..', '../b', '..%2Fb', 'a/log?x=']) {
      await expect(store.podLogs({ ...options, pod: name })).rejects.toThrow(
        'no such object',
      );
    }
    expect(
      kubernetes.requests.filter(path => path.includes('/log')),
    ).toHaveLength(2);
    kubernetes.behaviour = 'silent';
    const impatient = createTestStore({ one: kubernetes }, { timeoutMs: 50 });
    await expect(impatient.podLogs(options)).rejects.toThrow(
      'Kubernetes (one) did not answer in time.',
    );
    await impatient.stop();
  });
});

describe('readClusters', () => {
  const read = (cluster: Record<string, unknown>) =>
    readClusters(
      new ConfigReader({
        kubernetes: {
          clusterLocatorMethods: [
            { type: 'config', clusters: [{ name: 'one', ...cluster }] },
          ],
        },
      }),
    );

  it('refuses plain HTTP, and identities other than the portal’s', () => {
    expect(() =>
      read({ url: 'http://k8s', authProvider: 'serviceAccount' }),
    ).toThrow('cluster "one" has an http:// url');
    expect(() => read({ url: 'https://k8s', authProvider: 'oidc' })).toThrow(
      'set authProvider: serviceAccount, or aws for EKS',
    );
  });

  it('uses the exec plugin with a role for EKS', () => {
    const [{ kubeConfig }] = read({
      url: 'https://k8s/',
      authProvider: 'aws',
      assumeRole: 'arn:aws:iam::1:role/portal',
      authMetadata: { 'kubernetes.io/x-k8s-aws-id': 'prod-eks' },
    });

    expect(kubeConfig.getCurrentCluster()?.server).toBe('https://k8s');
    expect(kubeConfig.getCurrentUser()?.exec).toMatchObject({
      command: 'aws',
      args: expect.arrayContaining([
        '--cluster-name',
        'prod-eks',
        '--role-arn',
        'arn:aws:iam::1:role/portal',
      ]),
    });
  });
});
