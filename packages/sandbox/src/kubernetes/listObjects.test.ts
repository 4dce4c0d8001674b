import { ApiFixture, itemNames } from '../__testUtils__/ApiFixture';
import type { KubernetesObject } from './KubernetesObject';

describe('list requests', () => {
  let api: ApiFixture;
  beforeEach(async () => {
    api = await ApiFixture.start();
  });
  afterEach(() => api.stop());

  it('lists by namespace, and only custom resources repeat their type in the items', async () => {
    const { createConfigMap, get, store } = api;
    createConfigMap('b');
    createConfigMap('a');
    createConfigMap('a', {}, 'other');
    store.create({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'x', namespace: 'argocd' },
      spec: {},
    });
    const { body } = await get('/api/v1/namespaces/team/configmaps');
    expect(body).toMatchObject({
      kind: 'ConfigMapList',
      apiVersion: 'v1',
      metadata: { resourceVersion: String(store.version) },
    });
    expect(itemNames(body)).toEqual(['team/a', 'team/b']);
    expect(body.items[0]).not.toHaveProperty('kind');
    expect(itemNames((await get('/api/v1/configmaps')).body)).toEqual([
      'other/a',
      'team/a',
      'team/b',
    ]);
    const projects = await get('/apis/argoproj.io/v1alpha1/appprojects');
    expect(projects.body.items[0]).toMatchObject({
      kind: 'AppProject',
      metadata: { generation: 1 },
    });
  });

  it('selects by labels and fields', async () => {
    const { createConfigMap, get } = api;
    createConfigMap('a', { app: 'x', tier: 'web' });
    createConfigMap('b', { app: 'y' });
    createConfigMap('c');
    const select = async (query: string) =>
      (await get(`/api/v1/configmaps?${new URLSearchParams(query)}`)).body.items
        .map((item: KubernetesObject) => item.metadata.name)
        .join();
    expect(await select('labelSelector=app=x')).toBe('a');
    expect(await select('labelSelector=app!=x')).toBe('b,c');
    expect(await select('labelSelector=app in (x, y),tier')).toBe('a');
    expect(await select('labelSelector=app notin (x)')).toBe('b,c');
    expect(await select('labelSelector=!app')).toBe('c');
    expect(await select('fieldSelector=metadata.name=b')).toBe('b');
    expect(await select('fieldSelector=metadata.namespace!=team')).toBe('');
    expect(
      await get('/api/v1/configmaps?labelSelector=a%20b%20c'),
    ).toMatchObject({
      status: 400,
      body: { kind: 'Status', reason: 'BadRequest' },
    });
    expect(
      await get('/api/v1/configmaps?fieldSelector=data.a=1'),
    ).toMatchObject({
      status: 400,
      body: {
        message:
          '"data.a" is not a known field selector: only "metadata.name", "metadata.namespace"',
      },
    });
  });

  it('shows all pages of a list as of the first page', async () => {
    const { createConfigMap, get, store } = api;
    ['a', 'b', 'c', 'd', 'e'].forEach(name => createConfigMap(name));
    const first = await get('/api/v1/configmaps?limit=2');
    expect(itemNames(first.body)).toEqual(['team/a', 'team/b']);
    expect(first.body.metadata).toMatchObject({
      remainingItemCount: 3,
      resourceVersion: String(store.version),
    });

    store.delete(store.get('configmaps', 'team', 'c')!);
    createConfigMap('bb');
    const second = await get(
      `/api/v1/configmaps?limit=2&continue=${first.body.metadata.continue}`,
    );
    expect(itemNames(second.body)).toEqual(['team/c', 'team/d']);
    expect(second.body.metadata.resourceVersion).toBe(
      first.body.metadata.resourceVersion,
    );
    const third = await get(
      `/api/v1/configmaps?limit=2&continue=${second.body.metadata.continue}`,
    );
    expect(itemNames(third.body)).toEqual(['team/e']);
    expect(third.body.metadata).not.toHaveProperty('continue');
  });

  it('returns a Table when the client accepts one', async () => {
    const { advanceClock, createConfigMap, get } = api;
    createConfigMap('a');
    advanceClock(65);
    const accept =
      'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
    const { body } = await get('/api/v1/configmaps', { Accept: accept });
    expect(body).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      columnDefinitions: [
        { name: 'Name', format: 'name' },
        { name: 'Data', type: 'integer' },
        { name: 'Age' },
      ],
      rows: [
        {
          cells: ['a', 1, '65s'],
          object: { kind: 'PartialObjectMetadata', metadata: { name: 'a' } },
        },
      ],
    });
  });
});
