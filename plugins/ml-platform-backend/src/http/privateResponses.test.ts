import { AS_OF_HEADER } from '@internal/plugin-ml-platform-common';
import {
  fakeObjects,
  FakeKubernetes,
} from '@internal/plugin-ml-platform-node/testing';
import { NAMESPACE, pod, ready } from '../__testUtils__/scorer';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';
import { etagKey } from './etagKey';

const PATH = '/teams/app-ml-team/workloads/scorer';

describe('privateResponses', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      pod('a', ready),
    ];
    platform = await startMlPlatform({ kubernetes });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  const ask = (person: string, etag?: string) =>
    platform.get(person, PATH, etag ? { 'if-none-match': etag } : {});

  it('sends a response again only when it changed, and its age every time', async () => {
    const first = await ask('ml-engineer');
    expect(first.status).toBe(200);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    expect(first.headers.vary).toContain('Authorization');
    expect(first.headers[AS_OF_HEADER.toLowerCase()]).toBe(
      first.body.freshness.asOf,
    );

    kubernetes.objects.push({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'other', namespace: 'elsewhere' },
    });
    const unchanged = await ask('ml-engineer', first.headers.etag);
    expect(unchanged.status).toBe(304);
    expect(unchanged.text).toBe('');
    expect(
      unchanged.headers[AS_OF_HEADER.toLowerCase()] > first.body.freshness.asOf,
    ).toBe(true);

    kubernetes.objects.push(pod('b', ready));
    const changed = await ask('ml-engineer', first.headers.etag);
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).not.toBe(first.headers.etag);
  });

  it('counts a response that became stale as changed', async () => {
    const first = await ask('ml-engineer');
    kubernetes.behaviour = 500;
    const stale = await ask('ml-engineer', first.headers.etag);
    expect(stale.status).toBe(200);
    expect(stale.body.freshness.stale).toBe(true);
  });

  it('reveals nothing to outsiders, whatever ETag they send', async () => {
    const { headers } = await ask('ml-engineer');
    const [without, withEtag] = [
      await ask('data-engineer'),
      await ask('data-engineer', headers.etag),
    ];
    expect(without.status).toBe(404);
    expect(withEtag.status).toBe(404);
    expect(withEtag.body.error).toEqual(without.body.error);
    expect(withEtag.headers[AS_OF_HEADER.toLowerCase()]).toBe(undefined);
  });
});

it('derives a key that replicas share and that does not reveal the secret', () => {
  expect(etagKey('secret')).toEqual(etagKey('secret'));
  expect(etagKey('secret')).not.toEqual(etagKey('other'));
  expect(etagKey(undefined)).not.toEqual(etagKey(undefined));
});
