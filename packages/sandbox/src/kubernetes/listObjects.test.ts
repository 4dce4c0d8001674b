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

  it.each([
    ['limit=abc', 400, 'strconv.ParseInt: parsing "abc": invalid syntax'],
    ['limit=', 400, 'strconv.ParseInt: parsing "": invalid syntax'],
    [
      'limit=99999999999999999999',
      400,
      'strconv.ParseInt: parsing "99999999999999999999": value out of range',
    ],
    [
      'timeoutSeconds=1.5',
      400,
      'strconv.ParseInt: parsing "1.5": invalid syntax',
    ],
    [
      'resourceVersion=-1',
      400,
      'invalid resource version: resourceVersion: Invalid value: "-1": strconv.ParseUint: parsing "-1": invalid syntax',
    ],
    [
      'watch=1&resourceVersion=abc',
      500,
      'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    ],
    [
      'continue=eyJ2IjoieCJ9',
      400,
      'invalid continue token: continue key is not valid: server does not recognize this encoded version x',
    ],
    [
      'continue=abc',
      400,
      "invalid continue token: continue key is not valid: invalid character 'i' looking for beginning of value",
    ],
    [
      'resourceVersionMatch=Foo',
      422,
      'ListOptions.meta.k8s.io "" is invalid: [resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided, resourceVersionMatch: Unsupported value: "Foo": supported values: "Exact", "NotOlderThan", ""]',
    ],
    [
      'resourceVersion=0&resourceVersionMatch=Exact',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    ],
    [
      'sendInitialEvents=true',
      422,
      'ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list',
    ],
    [
      'watch=1&resourceVersionMatch=NotOlderThan',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    ],
  ])('refuses %s as the API server does', async (query, code, message) => {
    expect(await api.get(`/api/v1/configmaps?${query}`)).toMatchObject({
      status: code,
      body: { code, message },
    });
  });

  it('returns everything for a limit of zero or less', async () => {
    const { createConfigMap, get } = api;
    createConfigMap('a');
    createConfigMap('b');
    for (const limit of [-1, 0]) {
      expect(
        itemNames((await get(`/api/v1/configmaps?limit=${limit}`)).body),
      ).toEqual(['team/a', 'team/b']);
    }
  });
});
