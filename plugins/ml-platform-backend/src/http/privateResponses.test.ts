import { AS_OF_HEADER } from '@internal/plugin-ml-platform-common';
import {
  fakeObjects,
  FakeKubernetes,
} from '@internal/plugin-ml-platform-node/testing';
import { NAMESPACE, pod, ready } from '../__testUtils__/scorer';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';
import { etagKey } from './etagKey';

const PATH = '/teams/app-ml-team/workloads/scorer';

describe('answers', () => {
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

  it('are sent again only when they changed; their age is told all the same', async () => {
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

  it('that became stale are changed', async () => {
    const first = await ask('ml-engineer');
    kubernetes.behaviour = 500;
    const stale = await ask('ml-engineer', first.headers.etag);
    expect(stale.status).toBe(200);
    expect(stale.body.freshness.stale).toBe(true);
  });

  it('tell outsiders nothing, whatever ETag they bring', async () => {
    const { headers } = await ask('ml-engineer');
    const [blind, guessing] = [
      await ask('data-engineer'),
      await ask('data-engineer', headers.etag),
    ];
    expect(blind.status).toBe(404);
    expect(guessing.status).toBe(404);
    expect(guessing.body.error).toEqual(blind.body.error);
    expect(guessing.headers[AS_OF_HEADER.toLowerCase()]).toBe(undefined);
  });
});

it('has a key that replicas share, and that does not give the secret away', () => {
  expect(etagKey('secret')).toEqual(etagKey('secret'));
  expect(etagKey('secret')).not.toEqual(etagKey('other'));
  expect(etagKey(undefined)).not.toEqual(etagKey(undefined));
});
