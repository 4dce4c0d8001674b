import { ApiFixture } from '../__testUtils__/ApiFixture';

describe('pod logs', () => {
  let api: ApiFixture;
  beforeEach(async () => {
    api = await ApiFixture.start();
  });
  afterEach(() => api.stop());

  const pod = (state: object, lastState: object = {}, nodeName = 'n') =>
    api.store.create({
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

  it('are the same for every read and can be limited', async () => {
    pod({
      terminated: {
        startedAt: '2026-11-23T11:00:00Z',
        finishedAt: '2026-11-23T11:01:00Z',
        exitCode: 1,
      },
    });
    const { body } = await api.get(path);
    const lines = body.trim().split('\n');
    expect(lines).toHaveLength(13);
    expect(lines[1]).toMatch(/^INFO step 100 loss=\d\.\d{4}$/);
    expect(lines[12]).toBe('ERROR failed with exit code 1');
    expect((await api.get(`${path}?tailLines=1`)).body.trim()).toBe(lines[12]);
    expect((await api.get(`${path}?limitBytes=4`)).body).toBe('INFO');
    expect((await api.get(`${path}?tailLines=1&timestamps=true`)).body).toMatch(
      /^2026-11-23T11:01:00.000000000Z ERROR/,
    );
    expect(
      (await api.get(`${path}?sinceTime=2026-11-23T11:00:55Z`)).body
        .trim()
        .split('\n'),
    ).toHaveLength(2);
    // The stream ends because the container has terminated.
    expect((await api.get(`${path}?follow=true`)).body).toBe(body);
  });

  it('are empty until the pod is scheduled', async () => {
    pod({}, {}, '');
    expect(await api.get(path)).toEqual({ status: 204, body: '' });
  });

  it('explain why a log is unavailable', async () => {
    pod({ waiting: { reason: 'ContainerCreating' } });
    expect((await api.get(path)).body).toMatchObject({
      code: 400,
      message:
        'container "main" in pod "p" is waiting to start: ContainerCreating',
    });
    expect((await api.get(`${path}?previous=true`)).body).toMatchObject({
      code: 400,
      message: 'previous terminated container "main" in pod "p" not found',
    });
    expect((await api.get(`${path}?container=x`)).body).toMatchObject({
      code: 400,
      message: 'container x is not valid for pod p',
    });
    expect((await api.get(path.replace('/p/', '/q/'))).body).toMatchObject({
      code: 404,
      message: 'pods "q" not found',
    });
  });
});
