import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { serve, type RunningServer } from '../http/serve';
import { createApiHandler } from './createApiHandler';
import type { KubernetesObject } from './KubernetesObject';
import { ObjectStore } from './ObjectStore';

const TOKEN = { Authorization: 'Bearer sandbox-portal-token' };

interface WatchEvent {
  type: string;
  object: {
    kind: string;
    metadata: KubernetesObject['metadata'];
    [field: string]: unknown;
  };
}

describe('the Kubernetes API', () => {
  let store: ObjectStore;
  let server: RunningServer;
  let clock: number;

  beforeEach(async () => {
    clock = Date.parse('2026-11-23T12:00:00Z');
    store = new ObjectStore({ now: () => clock, historyLimit: 20 });
    const logger = {
      info: () => {},
      warn: () => {},
      error: (message: string) => {
        throw new Error(message);
      },
    };
    server = await serve({
      name: 'API',
      portFlag: '',
      host: '127.0.0.1',
      port: 0,
      createApp: () => createApiHandler({ store, now: () => clock, logger }),
    });
  });

  afterEach(() => server.stop());

  const configMap = (
    name: string,
    labels: Record<string, string> = {},
    namespace = 'team',
  ) =>
    store.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace, labels },
      data: { a: '1' },
    });
  const get = async (path: string, headers: Record<string, string> = TOKEN) => {
    const response = await fetch(`${server.url}${path}`, { headers });
    const text = await response.text();
    return {
      status: response.status,
      body: text.startsWith('{') ? JSON.parse(text) : text,
    };
  };
  const names = (body: { items: KubernetesObject[] }) =>
    body.items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);

  /** Collects the events of a watch until so many have come. */
  const watch = async (path: string) => {
    const response = await fetch(`${server.url}${path}`);
    const reader = response
      .body!.pipeThrough(new TextDecoderStream())
      .getReader();
    let buffer = '';
    return {
      status: response.status,
      take: async (count: number): Promise<WatchEvent[]> => {
        for (;;) {
          const lines = buffer.split('\n');
          if (lines.length > count) {
            buffer = lines.slice(count).join('\n');
            return lines.slice(0, count).map(line => JSON.parse(line));
          }
          const { done, value } = await reader.read();
          if (done) {
            throw new Error(
              `the watch ended after ${lines.length - 1} of ${count} events`,
            );
          }
          buffer += value;
        }
      },
      cancel: () => reader.cancel(),
    };
  };

  it('lists by namespace, without the items’ type for built-in types and with it for others', async () => {
    configMap('b');
    configMap('a');
    configMap('a', {}, 'other');
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
    expect(names(body)).toEqual(['team/a', 'team/b']);
    expect(body.items[0]).not.toHaveProperty('kind');
    expect(names((await get('/api/v1/configmaps')).body)).toEqual([
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
    configMap('a', { app: 'x', tier: 'web' });
    configMap('b', { app: 'y' });
    configMap('c');
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

  it('pages through a list as it was when the first page was read', async () => {
    ['a', 'b', 'c', 'd', 'e'].forEach(name => configMap(name));
    const first = await get('/api/v1/configmaps?limit=2');
    expect(names(first.body)).toEqual(['team/a', 'team/b']);
    expect(first.body.metadata).toMatchObject({
      remainingItemCount: 3,
      resourceVersion: String(store.version),
    });

    store.delete(store.get('configmaps', 'team', 'c')!);
    configMap('bb');
    const second = await get(
      `/api/v1/configmaps?limit=2&continue=${first.body.metadata.continue}`,
    );
    expect(names(second.body)).toEqual(['team/c', 'team/d']);
    expect(second.body.metadata.resourceVersion).toBe(
      first.body.metadata.resourceVersion,
    );
    const third = await get(
      `/api/v1/configmaps?limit=2&continue=${second.body.metadata.continue}`,
    );
    expect(names(third.body)).toEqual(['team/e']);
    expect(third.body.metadata).not.toHaveProperty('continue');
  });

  it('answers 410 to a page or a watch that is too old, and offers the rest of the list', async () => {
    ['a', 'b', 'c'].forEach(name => configMap(name));
    const { body: page } = await get('/api/v1/configmaps?limit=1');
    for (let index = 0; index < 30; index++) {
      configMap(`z${index}`);
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
    expect(names(rest.body)).toEqual(['team/b']);

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

  it('watches from a version, promptly, and sees objects come into and leave a selection', async () => {
    const object = configMap('a', { app: 'x' });
    const events = await watch(
      `/api/v1/namespaces/team/configmaps?watch=1&labelSelector=app%3Dx&resourceVersion=${store.version}`,
    );
    const changed = store.update({ ...object, data: { a: '2' } });
    const started = Date.now();
    expect(await events.take(1)).toEqual([
      { type: 'MODIFIED', object: changed },
    ]);
    expect(Date.now() - started).toBeLessThan(100);
    store.update({
      ...changed,
      metadata: { ...changed.metadata, labels: { app: 'y' } },
    });
    const back = store.update({
      ...changed,
      metadata: { ...changed.metadata, labels: { app: 'x' } },
    });
    store.delete(back);
    configMap('elsewhere', { app: 'x' }, 'other');
    configMap('b', { app: 'x' });
    expect(
      (await events.take(4)).map(
        ({ type, object: { metadata } }) => `${type} ${metadata.name}`,
      ),
    ).toEqual(['DELETED a', 'ADDED a', 'DELETED a', 'ADDED b']);
    await events.cancel();
  });

  it('streams a list: initial events, a bookmark at their end, then changes', async () => {
    configMap('a');
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
    configMap('b');
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

  it('answers with a Table when asked for one', async () => {
    configMap('a');
    clock += 65_000;
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

  it('answers errors as Status objects of the real server', async () => {
    expect(await get('/apis/apps/v1/namespaces/team/deployments/x')).toEqual({
      status: 404,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'deployments.apps "x" not found',
        reason: 'NotFound',
        details: { name: 'x', group: 'apps', kind: 'deployments' },
        code: 404,
      },
    });
    for (const path of ['/apis/apps/v1/widgets', '/apis/apps/v2/deployments']) {
      expect(await get(path)).toMatchObject({
        status: 404,
        body: {
          reason: 'NotFound',
          message: 'the server could not find the requested resource',
        },
      });
    }
    for (const path of [
      '/api/v1/pods/x',
      '/api/v1/namespaces/a/nodes',
      '/openapi/v2',
      '//',
      '/%zz',
    ]) {
      expect(await get(path)).toEqual({
        status: 404,
        body: '404 page not found\n',
      });
    }
    const post = await fetch(
      `${server.url}/api/v1/namespaces/team/configmaps`,
      { method: 'POST', body: '{}' },
    );
    expect(await post.json()).toMatchObject({
      code: 405,
      reason: 'MethodNotAllowed',
    });
  });

  it('leads links to Argo CD pages to the Application', async () => {
    store.create({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'team--scorer--dev', namespace: 'argocd' },
    });
    const response = await fetch(
      `${server.url}/applications/team--scorer--dev`,
    );
    expect(await response.json()).toMatchObject({
      kind: 'Application',
      metadata: { name: 'team--scorer--dev' },
    });
  });

  it('lets in the portal and programs of this machine, nobody else', async () => {
    expect(await get('/api/v1/pods', {})).toMatchObject({ status: 200 });
    expect(
      await get('/api/v1/pods', { Authorization: 'Bearer other' }),
    ).toMatchObject({ status: 401, body: { reason: 'Unauthorized' } });
    const rebound = httpRequest(`${server.url}/api/v1/pods`, {
      headers: { Host: 'evil.example.com' },
    });
    rebound.end();
    const [response] = await once(rebound, 'response');
    expect(response.statusCode).toBe(403);
  });

  describe('pod logs', () => {
    const pod = (state: object, lastState: object = {}, nodeName = 'n') =>
      store.create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'p',
          namespace: 'team',
          ownerReferences: [
            { apiVersion: 'batch/v1', kind: 'Job', name: 'j', uid: '1' },
          ],
        },
        spec: { containers: [{ name: 'main' }], nodeName },
        status: {
          containerStatuses: [
            { name: 'main', restartCount: 1, state, lastState },
          ],
        },
      });
    const path = '/api/v1/namespaces/team/pods/p/log';

    it('are the same at each reading, and can be cut', async () => {
      pod({
        terminated: {
          startedAt: '2026-11-23T11:00:00Z',
          finishedAt: '2026-11-23T11:01:00Z',
          exitCode: 1,
        },
      });
      const { body } = await get(path);
      const lines = body.trim().split('\n');
      expect(lines).toHaveLength(13);
      expect(lines[1]).toMatch(/^INFO step 100 loss=\d\.\d{4}$/);
      expect(lines[12]).toBe('ERROR stopped by an error, exit code 1');
      expect((await get(`${path}?tailLines=1`)).body.trim()).toBe(lines[12]);
      expect((await get(`${path}?limitBytes=4`)).body).toBe('INFO');
      expect((await get(`${path}?tailLines=1&timestamps=true`)).body).toMatch(
        /^2026-11-23T11:01:00.000000000Z ERROR/,
      );
      expect(
        (await get(`${path}?sinceTime=2026-11-23T11:00:55Z`)).body
          .trim()
          .split('\n'),
      ).toHaveLength(2);
      // Ends by itself: the container has.
      expect((await get(`${path}?follow=true`)).body).toBe(body);
    });

    it('are empty until a node has the pod', async () => {
      pod({}, {}, '');
      expect(await get(path)).toEqual({ status: 204, body: '' });
    });

    it('say why there are none', async () => {
      pod({ waiting: { reason: 'ContainerCreating' } });
      expect((await get(path)).body).toMatchObject({
        code: 400,
        message:
          'container "main" in pod "p" is waiting to start: ContainerCreating',
      });
      expect((await get(`${path}?previous=true`)).body).toMatchObject({
        code: 400,
        message: 'previous terminated container "main" in pod "p" not found',
      });
      expect((await get(`${path}?container=x`)).body).toMatchObject({
        code: 400,
        message: 'container x is not valid for pod p',
      });
      expect((await get(path.replace('/p/', '/q/'))).body).toMatchObject({
        code: 404,
        message: 'pods "q" not found',
      });
    });
  });
});
