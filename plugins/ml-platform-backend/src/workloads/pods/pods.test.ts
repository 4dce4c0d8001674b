import {
  objectEventsSchema,
  podLogsSchema,
} from '@internal/plugin-ml-platform-common';
import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import { object } from '../../__testUtils__/scorer';
import { startMlPlatform } from '../../__testUtils__/startMlPlatform';

const OWN_NAMESPACE = '/clusters/sandbox/namespaces/app-ml-team-dev';

describe('pod routes', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', 'app-ml-team-dev'),
      fakeObjects.namespace('app-data-team', 'dev', 'app-data-team-dev'),
      object('v1', 'Event', 'older', {
        involvedObject: { kind: 'Pod', name: 'a' },
        type: 'Warning',
        reason: 'Failed',
        message: 'Failed to pull: dial tcp 10.0.0.1:443',
        lastTimestamp: '2026-11-20T10:00:00Z',
        count: 3,
      }),
      object('v1', 'Event', 'newer', {
        involvedObject: { kind: 'Pod', name: 'a' },
        reason: 'Pulled',
        eventTime: '2026-11-20T11:00:00Z',
      }),
      object('v1', 'Event', 'other', { involvedObject: { name: 'b' } }),
    ];
    kubernetes.logs.set('app-ml-team-dev/a', 'hello\n');
    kubernetes.logs.set('app-data-team-dev/a', 'their secrets\n');
    platform = await startMlPlatform({ kubernetes });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  it("returns the log of a pod of the caller's team", async () => {
    const { status, body } = await platform.get(
      'ml-engineer',
      `${OWN_NAMESPACE}/pods/a/logs?container=server&previous=true&tailLines=10`,
    );

    expect(status).toBe(200);
    expect(podLogsSchema.parse(body)).toEqual({ text: 'hello\n' });
    expect(kubernetes.requests.at(-1)).toBe(
      '/api/v1/namespaces/app-ml-team-dev/pods/a/log?tailLines=10&previous=true&container=server',
    );
  });

  it('returns the events of one object, newest first', async () => {
    const { body } = await platform.get(
      'ml-engineer',
      `${OWN_NAMESPACE}/events?name=a`,
    );

    expect(objectEventsSchema.parse(body).items).toMatchObject([
      { reason: 'Pulled', type: 'Normal', count: 1 },
      {
        reason: 'Failed',
        type: 'Warning',
        count: 3,
        message: 'Failed to pull: dial tcp (address)',
      },
    ]);
  });

  it('responds alike to pods of other teams and to pods that do not exist', async () => {
    const foreign = '/clusters/sandbox/namespaces/app-data-team-dev';
    const responses = await Promise.all(
      [
        `${foreign}/pods/a/logs`,
        `${foreign}/pods/nothing/logs`,
        '/clusters/sandbox/namespaces/nothing/pods/a/logs',
        '/clusters/sandbox/namespaces/kube-system/pods/a/logs',
        '/clusters/nothing/namespaces/app-ml-team-dev/pods/a/logs',
        `${OWN_NAMESPACE}/pods/nothing/logs`,
        `${OWN_NAMESPACE}/pods/..%2F..%2Fapp-data-team-dev%2Fpods%2Fa/logs`,
        '/clusters/sandbox/namespaces/..%2Fapp-data-team-dev/pods/a/logs',
        `${foreign}/events?name=a`,
      ].map(path => platform.get('ml-engineer', path)),
    );

    for (const { status, body } of responses) {
      expect(status).toBe(404);
      expect(body.error).toEqual(responses[0].body.error);
    }
    expect(
      kubernetes.requests.filter(path => path.includes('app-data-team')),
    ).toEqual([]);
    const security = await platform.get(
      'security-engineer',
      `${OWN_NAMESPACE}/pods/a/logs`,
    );
    expect(security.status).toBe(404);
  });

  it('reports that the cluster is unavailable, whichever namespace is requested', async () => {
    // From the start: the store serves a cluster that it has listed from memory.
    await platform.stop();
    kubernetes.behaviour = 401;
    platform = await startMlPlatform({ kubernetes });

    const responses = await Promise.all(
      ['app-ml-team-dev', 'app-data-team-dev', 'nothing'].map(namespace =>
        platform.get(
          'ml-engineer',
          `/clusters/sandbox/namespaces/${namespace}/pods/a/logs`,
        ),
      ),
    );

    for (const { status, body } of responses) {
      expect(status).toBe(503);
      expect(body.error.message).toBe(
        "Kubernetes (sandbox) does not accept the portal's credentials.",
      );
    }
  });

  it('rejects more lines than the maximum', async () => {
    const { status } = await platform.get(
      'ml-engineer',
      `${OWN_NAMESPACE}/pods/a/logs?tailLines=1000000`,
    );
    expect(status).toBe(400);
  });
});
