import { ConfigReader } from '@backstage/config';
import { FakeKubernetes, fakeObjects } from '../testing';
import { readClusters } from './clusterConfig';
import { KubernetesClusterStore } from './KubernetesClusterStore';

const pod = (name: string, namespace = 'app-ml-team') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, managedFields: [{ manager: 'kubelet' }] },
});

describe('KubernetesClusterStore', () => {
  let kubernetes: FakeKubernetes;
  let store: KubernetesClusterStore;

  const createStore = (freshMs = 0) =>
    KubernetesClusterStore.create({
      clusters: readClusters(
        new ConfigReader({ kubernetes: kubernetes.config('one') }),
      ),
      timeoutMs: 200,
      freshMs,
    });

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'prod', 'app-ml-team'),
      pod('a'),
      fakeObjects.ofWorkload('scorer', pod('b')),
      pod('c', 'kube-system'),
    ];
    store = createStore();
  });
  afterEach(() => kubernetes.stop());

  it('lists by namespace and label, with kinds and without managed fields', async () => {
    const { items, asOf, problem } = await store.list('one', 'pods', {
      namespace: 'app-ml-team',
      labels: { 'backstage.io/kubernetes-id': 'scorer' },
    });

    expect(items.map(item => item.metadata.name)).toEqual(['b']);
    expect(items[0]).toMatchObject({ apiVersion: 'v1', kind: 'Pod' });
    expect(items[0].metadata).not.toHaveProperty('managedFields');
    expect(Date.parse(asOf!)).toBeLessThanOrEqual(Date.now());
    expect(problem).toBeUndefined();
    expect(kubernetes.requests).toEqual([
      '/api/v1/namespaces/app-ml-team/pods?limit=500',
    ]);
  });

  it('reads all pages, from the start when the token expired', async () => {
    kubernetes.objects = Array.from({ length: 1200 }, (_, i) => pod(`p${i}`));
    kubernetes.expireNextPage = true;

    const { items } = await store.list('one', 'pods');

    expect(new Set(items.map(item => item.metadata.name)).size).toBe(1200);
    expect(items).toHaveLength(1200);
    expect(kubernetes.requests).toHaveLength(5);
  });

  it('asks once for readers that come together or soon after', async () => {
    store = createStore(60_000);

    await Promise.all([
      store.list('one', 'pods'),
      store.list('one', 'pods', { labels: { a: 'b' } }),
    ]);
    await store.list('one', 'pods');

    expect(kubernetes.requests).toHaveLength(1);
  });

  it('takes a custom resource that is not installed for an empty list', async () => {
    kubernetes.missingGroups = ['aquasecurity.github.io'];

    await expect(
      store.list('one', 'vulnerabilityreports'),
    ).resolves.toMatchObject({ items: [], problem: undefined });
  });

  it.each([
    ['silent' as const, 'timeout'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [500, 'failed'],
  ])(
    'keeps the last answer while the cluster is %s',
    async (behaviour, kind) => {
      const before = await store.list('one', 'pods');
      kubernetes.behaviour = behaviour;

      const during = await store.list('one', 'pods');

      expect(during.items).toEqual(before.items);
      expect(during.asOf).toEqual(before.asOf);
      expect(during.problem).toMatchObject({
        kind,
        source: 'Kubernetes (one)',
      });
      expect(JSON.stringify(during.problem)).not.toMatch(/127\.0|10\.0|dial/);

      kubernetes.behaviour = 'normal';
      await store.list('one', 'pods');
      await new Promise(resolve => setTimeout(resolve, 100));
      expect((await store.list('one', 'pods')).problem).toBeUndefined();
    },
  );

  it('does not make a second reader wait for a silent cluster', async () => {
    kubernetes.behaviour = 'silent';
    await store.list('one', 'pods');

    const start = Date.now();
    const { problem } = await store.list('one', 'pods');

    expect(problem?.kind).toBe('timeout');
    expect(Date.now() - start).toBeLessThan(100);
  });

  it('says so when the cluster cannot be reached', async () => {
    await kubernetes.stop();

    const { items, asOf, problem } = await store.list('one', 'pods');

    expect({ items, asOf }).toEqual({ items: [], asOf: undefined });
    expect(problem).toEqual({
      source: 'Kubernetes (one)',
      kind: 'unreachable',
      message: 'Kubernetes (one) cannot be reached.',
    });
    kubernetes = await FakeKubernetes.start();
  });

  it('knows the owner of a namespace from its labels only', async () => {
    await expect(store.owner('one', 'app-ml-team')).resolves.toEqual({
      team: 'app-ml-team',
      environment: 'prod',
    });
    await expect(store.owner('one', 'kube-system')).resolves.toBeUndefined();
    await expect(store.owner('two', 'app-ml-team')).resolves.toBeUndefined();
  });

  it('gives the end of a long log, in whole lines', async () => {
    const line = `${'ä'.repeat(500)}\n`;
    kubernetes.logs.set('app-ml-team/a', `${line.repeat(2000)}last line\n`);
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
    expect(kubernetes.requests[0]).toContain('container=x%26follow%3Dtrue');
    await expect(store.podLogs({ ...options, pod: 'b' })).rejects.toThrow(
      'no such pod',
    );
    for (const name of ['..', '../b', '..%2Fb', 'a/log?x=']) {
      await expect(store.podLogs({ ...options, pod: name })).rejects.toThrow(
        'no such object',
      );
    }
    expect(kubernetes.requests).toHaveLength(2);
    kubernetes.behaviour = 'silent';
    await expect(store.podLogs(options)).rejects.toThrow(
      'Kubernetes (one) did not answer in time.',
    );
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

  it('refuses plain HTTP and identities that are not the portal’s', () => {
    expect(() =>
      read({ url: 'http://k8s', authProvider: 'serviceAccount' }),
    ).toThrow('cluster "one" has an http:// url');
    expect(() => read({ url: 'https://k8s', authProvider: 'oidc' })).toThrow(
      'set authProvider: serviceAccount',
    );
  });
});
