import {
  findingsReadPermission,
  liveChangeSchema,
  teamReadPermission,
} from '@internal/plugin-ml-platform-common';
import type { KubernetesClusterStore } from '@internal/plugin-ml-platform-node';
import {
  createTestStore,
  FakeKubernetes,
  fakeObjects,
  type FakeGrants,
  eventually,
} from '@internal/plugin-ml-platform-node/testing';
import { NAMESPACE, pod, ready } from '../__testUtils__/scorer';
import { serveForTest, type Reading } from '../__testUtils__/serveForTest';
import { createLive } from './createLive';

const SCORER = 'workload:app-ml-team/scorer';
const engineer = 'user:default/ml-engineer';
const colleague = 'user:default/colleague';

describe('GET /live', () => {
  let grants: FakeGrants;
  let kubernetes: FakeKubernetes;
  let store: KubernetesClusterStore;
  let live: ReturnType<typeof createLive>;
  let server: Awaited<ReturnType<typeof serveForTest>>;

  beforeEach(async () => {
    grants = Object.fromEntries(
      [engineer, colleague].map(person => [
        person,
        {
          [teamReadPermission.name]: ['app-ml-team'],
          [findingsReadPermission.name]: ['app-ml-team'],
        },
      ]),
    );
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      fakeObjects.namespace('app-data-team', 'dev', 'app-data-team-dev'),
    ];
    store = createTestStore({ sandbox: kubernetes });
    live = createLive({ store });
    await kubernetes.settled(store);
    const { routes } = live;
    server = await serveForTest({ routes, grants, recheckMs: 50 });
  });
  afterEach(async () => {
    server.stop();
    await store.stop();
    await kubernetes.stop();
  });

  const listen = (wanted: string, person = engineer) =>
    server.read(person, `/live?topics=${wanted}`);
  const changes = ({ text }: Reading) =>
    [...text.matchAll(/^event: changed\ndata: (.*)$/gm)].map(
      ([, data]) => liveChangeSchema.parse(JSON.parse(data)).topics,
    );

  it('announces what changed, and nothing else', async () => {
    grants[colleague] = { [teamReadPermission.name]: ['app-data-team'] };
    const theirs = await listen('team:app-data-team', colleague);
    const reading = await listen(
      `${SCORER},findings:app-ml-team,runs:app-ml-team`,
    );
    expect(reading.response.headers.get('content-type')).toBe(
      'text/event-stream; charset=utf-8',
    );
    kubernetes.objects.push({
      ...pod('theirs', ready),
      metadata: { name: 'theirs', namespace: 'app-data-team-dev' },
    });
    await eventually(() => expect(changes(theirs)).toHaveLength(1));
    expect(changes(reading)).toEqual([]);

    kubernetes.objects.push(
      fakeObjects.application('app-ml-team', 'scorer', 'dev', {}),
    );
    await eventually(() => expect(changes(reading)).toHaveLength(1));
    expect(changes(reading)).toEqual([[SCORER]]);

    kubernetes.objects.push(pod('a', ready));
    await eventually(() => expect(changes(reading).flat()).toHaveLength(4));
    expect(changes(reading).slice(1).flat().sort()).toEqual([
      'findings:app-ml-team',
      'runs:app-ml-team',
      SCORER,
    ]);
  });

  it('announces an object without a workload under every workload of the namespace', async () => {
    const reading = await listen(`${SCORER},workload:app-ml-team/other`);
    kubernetes.objects.push({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e', namespace: NAMESPACE },
      type: 'Warning',
    });
    await eventually(() => expect(changes(reading).flat()).toHaveLength(2));
    expect(changes(reading).flat().sort()).toEqual([
      'workload:app-ml-team/other',
      SCORER,
    ]);
  });

  it('announces a namespace that changes its owner to both teams', async () => {
    grants[colleague] = { [teamReadPermission.name]: ['app-data-team'] };
    const [from, to] = [
      await listen('team:app-ml-team'),
      await listen('team:app-data-team', colleague),
    ];
    kubernetes.objects[0] = fakeObjects.namespace(
      'app-data-team',
      'dev',
      NAMESPACE,
    );
    await eventually(() =>
      expect(changes(from).length === 1 && changes(to).length === 1).toBe(true),
    );
    expect(changes(to)).toEqual([['team:app-data-team']]);
  });

  it.each([
    ['another team', 'team:app-data-team'],
    ['no team', 'team:nothing'],
    ['own and another', `${SCORER},findings:app-data-team`],
  ])('returns 404 for %s', async (_, wanted) => {
    expect((await listen(wanted)).response.status).toBe(404);
  });

  it.each([
    'everything',
    'team:',
    'team:a/b',
    'workload:a',
    'team:A',
    'nodes:a',
    Array(21).fill('team:app-ml-team').join(','),
  ])('refuses %s', async wanted => {
    expect((await listen(wanted)).response.status).toBe(400);
  });

  it('ends the streams of a person who loses the permission, and no others', async () => {
    const [mine, theirs] = [
      await listen('team:app-ml-team'),
      await listen('team:app-ml-team', colleague),
    ];
    grants[engineer] = {};
    await eventually(() => expect(mine.ended).toBe(true));
    await server.checkedAgain();
    expect(theirs.ended).toBe(false);
    expect((await listen('team:app-ml-team')).response.status).toBe(404);
  });

  it('ends the oldest when a person opens too many', async () => {
    const readings: Reading[] = [];
    for (let index = 0; index < 21; index++) {
      readings.push(await listen('team:app-ml-team'));
    }
    await eventually(() => expect(readings[0].ended).toBe(true));
    expect(readings.slice(1).map(({ ended }) => ended)).not.toContain(true);
  });

  it('forgets pages that left, and ends all streams when the backend stops', async () => {
    const [left, stays] = [
      await listen('team:app-ml-team'),
      await listen('runs:app-ml-team'),
    ];
    left.leave();
    await eventually(() => expect(left.ended).toBe(true));
    await live.stop?.();
    await eventually(() =>
      expect(stays.ended && !live.topics.isWanted).toBe(true),
    );
    expect(stays.text).toBe(': open\n\n');
  });
});
