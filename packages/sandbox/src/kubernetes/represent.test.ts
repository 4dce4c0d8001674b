import { ApiFixture, itemNames } from '../__testUtils__/ApiFixture';

/** The Accept headers of Go's metadata client, for lists and for watches. */
const accept = (as: string) =>
  [
    `application/vnd.kubernetes.protobuf;as=${as};g=meta.k8s.io;v=v1`,
    `application/json;as=${as};g=meta.k8s.io;v=v1`,
    'application/json',
  ].join(',');
const LIST = { Accept: accept('PartialObjectMetadataList') };
const OBJECT = { Accept: accept('PartialObjectMetadata') };
const PATH = '/api/v1/namespaces/team/configmaps';

describe('the representation of objects', () => {
  let api: ApiFixture;
  beforeEach(async () => {
    api = await ApiFixture.start();
  });
  afterEach(() => api.stop());

  it('is metadata alone for an informer of metadata', async () => {
    const { createConfigMap, get, store } = api;
    const { metadata } = createConfigMap('a');
    const partial = {
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata,
    };
    const { body: list } = await get(PATH, LIST);
    expect(list).toEqual({
      kind: 'PartialObjectMetadataList',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { resourceVersion: String(store.version) },
      items: [partial],
    });
    expect((await get(`${PATH}/a`, OBJECT)).body).toEqual(partial);
    expect((await get('/api/v1/secrets', LIST)).body.items).toBeNull();

    const events = await api.watch(
      `${PATH}?watch=true&resourceVersion=${list.metadata.resourceVersion}`,
      OBJECT,
    );
    createConfigMap('b');
    const [event] = await events.take(1);
    expect(event).toEqual({
      type: 'ADDED',
      object: {
        ...partial,
        metadata: expect.objectContaining({ name: 'b' }),
      },
    });
    await events.cancel();
  });

  it('follows the order of preference of the client', async () => {
    const { createConfigMap, get } = api;
    createConfigMap('a');
    const kindOf = async (Accept: string) =>
      (await get(PATH, { Accept })).body.kind;
    const table = 'application/json;as=Table;g=meta.k8s.io;v=v1';
    expect(await kindOf(`application/json;q=0.5,${table}`)).toBe('Table');
    expect(await kindOf(`${table};q=0.5,application/json`)).toBe(
      'ConfigMapList',
    );
    expect(await kindOf(`${table.replace('v1', 'v2')},*/*`)).toBe(
      'ConfigMapList',
    );
    const { body } = await get(PATH, { Accept: 'application/yaml' });
    expect(body).toMatch(/^kind: ConfigMapList\n/);
  });

  it.each([
    ['text/html', /^406: Not Acceptable\n\nAvailable representations: /],
    [
      'application/json;as=Unknown;g=meta.k8s.io;v=v1',
      /^only the following media types are accepted: application\/json, /,
    ],
    [
      'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
      /^you requested PartialObjectMetadata, but the requested object is a list \(\*core.ConfigMapList\)$/,
    ],
  ])('refuses %s', async (Accept, message) => {
    expect(await api.get(PATH, { Accept })).toMatchObject({
      status: 406,
      body: {
        reason: 'NotAcceptable',
        message: expect.stringMatching(message),
      },
    });
  });

  it('is events.k8s.io/v1 for events of its group', async () => {
    api.store.create({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e', namespace: 'team' },
      involvedObject: { kind: 'Pod', name: 'p' },
      message: 'M',
      reportingComponent: 'kubelet',
      count: 2,
    });
    const path = '/apis/events.k8s.io/v1/events';
    const { body } = await api.get(`${path}?fieldSelector=regarding.name=p`);
    expect(itemNames(body)).toEqual(['team/e']);
    expect(body.items[0]).toMatchObject({
      regarding: { kind: 'Pod', name: 'p' },
      note: 'M',
      reportingController: 'kubelet',
      deprecatedCount: 2,
    });
    expect(
      await api.get(`${path}?fieldSelector=involvedObject.name=p`),
    ).toMatchObject({
      status: 400,
      body: { message: 'field label not supported: involvedObject.name' },
    });
  });
});
