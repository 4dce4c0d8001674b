import { ApiFixture, itemNames } from '../__testUtils__/ApiFixture';
import { useFakeClock } from '../__testUtils__/useFakeClock';

describe('watch requests', () => {
  let api: ApiFixture;
  beforeEach(async () => {
    api = await ApiFixture.start();
  });
  afterEach(async () => {
    jest.useRealTimers();
    await api.stop();
  });

  it('returns 410 for an expired page or watch, with a token for the rest of the list', async () => {
    const { createConfigMap, get, watch } = api;
    ['a', 'b', 'c'].forEach(name => createConfigMap(name));
    const { body: page } = await get('/api/v1/configmaps?limit=1');
    for (let index = 0; index < 30; index++) {
      createConfigMap(`z${index}`);
    }
    const late = await get(
      `/api/v1/configmaps?limit=1&continue=${page.metadata.continue}`,
    );
    expect(late).toMatchObject({
      status: 410,
      body: { kind: 'Status', status: 'Failure', reason: 'Expired', code: 410 },
    });
    const rest = await get(
      `/api/v1/configmaps?limit=1&continue=${late.body.metadata.continue}`,
    );
    expect(itemNames(rest.body)).toEqual(['team/b']);

    const events = await watch(
      `/api/v1/configmaps?watch=1&resourceVersion=${page.metadata.resourceVersion}`,
    );
    expect(events.status).toBe(200);
    expect(await events.take(1)).toEqual([
      {
        type: 'ERROR',
        object: expect.objectContaining({
          kind: 'Status',
          reason: 'Expired',
          code: 410,
          message: expect.stringMatching(
            /^too old resource version: \d+ \(\d+\)$/,
          ),
        }),
      },
    ]);
    expect(await get('/api/v1/configmaps?continue=nonsense')).toMatchObject({
      status: 400,
    });
    expect(
      await get('/api/v1/configmaps?resourceVersion=99999999999999'),
    ).toMatchObject({ status: 504, body: { reason: 'Timeout' } });
  });

  it('watches from a resource version without delay, and adds or deletes objects that start or stop matching', async () => {
    const { createConfigMap, store, watch } = api;
    const object = createConfigMap('a', { app: 'x' });
    const events = await watch(
      `/api/v1/namespaces/team/configmaps?watch=1&labelSelector=app%3Dx&resourceVersion=${store.version}`,
    );
    // With stopped timers, an event that waits for a timer never arrives.
    useFakeClock();
    const changed = store.update({ ...object, data: { a: '2' } });
    expect(await events.take(1)).toEqual([
      { type: 'MODIFIED', object: changed },
    ]);
    jest.useRealTimers();
    store.update({
      ...changed,
      metadata: { ...changed.metadata, labels: { app: 'y' } },
    });
    const back = store.update({
      ...changed,
      metadata: { ...changed.metadata, labels: { app: 'x' } },
    });
    store.delete(back);
    createConfigMap('elsewhere', { app: 'x' }, 'other');
    createConfigMap('b', { app: 'x' });
    expect(
      (await events.take(4)).map(
        ({ type, object: { metadata } }) => `${type} ${metadata.name}`,
      ),
    ).toEqual(['DELETED a', 'ADDED a', 'DELETED a', 'ADDED b']);
    await events.cancel();
  });

  it('streams a list: initial events, a bookmark after them, then changes', async () => {
    const { createConfigMap, get, store, watch } = api;
    createConfigMap('a');
    const query = 'watch=1&allowWatchBookmarks=true&sendInitialEvents=true';
    const events = await watch(
      `/api/v1/configmaps?${query}&resourceVersionMatch=NotOlderThan`,
    );
    expect(await events.take(2)).toEqual([
      { type: 'ADDED', object: expect.objectContaining({ kind: 'ConfigMap' }) },
      {
        type: 'BOOKMARK',
        object: {
          kind: 'ConfigMap',
          apiVersion: 'v1',
          metadata: {
            resourceVersion: String(store.version),
            creationTimestamp: null,
            annotations: { 'k8s.io/initial-events-end': 'true' },
          },
        },
      },
    ]);
    createConfigMap('b');
    expect(await events.take(1)).toMatchObject([
      { type: 'ADDED', object: { metadata: { name: 'b' } } },
    ]);
    await events.cancel();
    expect(await get(`/api/v1/configmaps?${query}`)).toMatchObject({
      status: 422,
      body: { reason: 'Invalid' },
    });
    const brief = await watch('/api/v1/configmaps?watch=1&timeoutSeconds=1');
    await expect(brief.take(3)).rejects.toThrow(
      'the watch ended after 2 of 3 events',
    );
  });
});
