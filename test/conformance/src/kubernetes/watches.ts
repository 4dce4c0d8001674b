import type { Assertions } from '../Suite';
import type { Watch } from '../targets/Watch';

const CONFIG_MAPS = '/api/v1/namespaces/team-a-dev/configmaps';
const DIRECTORY = 'infra/gitops/workloads/team-a/pages/overlays/dev';
const BOOK = { labelSelector: 'book=conformance' };

/** Start, events and end of watches. */
export const watches: Assertions = suite => {
  const opened: Watch[] = [];
  const watch = async (query: Record<string, string>) => {
    const open = await suite.target.kubernetes.watch(CONFIG_MAPS, query);
    opened.push(open);
    return open;
  };
  afterEach(() => {
    opened.splice(0).forEach(open => open.close());
  });
  const version = async () => {
    const { body } = await suite.target.kubernetes.list(CONFIG_MAPS, BOOK);
    return body.metadata.resourceVersion;
  };
  const write = (parity: string, state: string) =>
    suite.target.repository.commit(`Page 1 is ${parity} and ${state}`, {
      [`${DIRECTORY}/page-1.yaml`]: page1(parity, state),
    });

  suite.assert(
    'a watch from the version of a list sends each later event once',
    async () => {
      const open = await watch({ ...BOOK, resourceVersion: await version() });
      await write('odd', 'first');
      await open.event('page 1', ({ object }) =>
        JSON.stringify(object).includes('first'),
      );
      expect(
        open.events.map(({ type, object }) => [type, object.metadata.name]),
      ).toEqual([['MODIFIED', 'page-1']]);
      expect(open.events[0].object).toMatchObject({
        kind: 'ConfigMap',
        apiVersion: 'v1',
      });
    },
  );

  suite.assert('a watch can start in the past', async () => {
    const before = await version();
    await write('odd', 'past');
    await suite.target.kubernetes.settled(`${CONFIG_MAPS}/page-1`, object =>
      JSON.stringify(object).includes('past'),
    );
    const open = await watch({ ...BOOK, resourceVersion: before });
    const { type } = await open.event('page 1', ({ object }) =>
      JSON.stringify(object).includes('past'),
    );
    expect(type).toBe('MODIFIED');
  });

  suite.assert(
    'an object that leaves the selection is deleted, and one that enters is added',
    async () => {
      const odd = await watch({
        labelSelector: 'book=conformance,parity=odd',
        resourceVersion: await version(),
      });
      const even = await watch({
        labelSelector: 'book=conformance,parity=even',
        resourceVersion: await version(),
      });
      await write('even', 'moved');
      const left = await odd.event(
        'page 1 leaving',
        ({ type }) => type === 'DELETED',
      );
      const entered = await even.event(
        'page 1 entering',
        ({ type }) => type === 'ADDED',
      );
      expect(left.object.metadata.name).toBe('page-1');
      expect(entered.object.metadata.name).toBe('page-1');
      await write('odd', 'back');
      await even.event('page 1 going back', ({ type }) => type === 'DELETED');
    },
  );

  suite.assert(
    'a watch without a version starts with the existing objects',
    async () => {
      const open = await watch(BOOK);
      await open.event(
        'page 7',
        ({ object }) => object.metadata.name === 'page-7',
      );
      expect(open.events.slice(0, 7).map(({ type }) => type)).toEqual(
        Array(7).fill('ADDED'),
      );
    },
  );

  suite.assert('initial events end with an annotated bookmark', async () => {
    const open = await watch({
      ...BOOK,
      allowWatchBookmarks: 'true',
      sendInitialEvents: 'true',
      resourceVersionMatch: 'NotOlderThan',
    });
    const bookmark = await open.event(
      'a bookmark',
      ({ type }) => type === 'BOOKMARK',
    );
    expect(open.events.slice(0, 8).map(({ type }) => type)).toEqual([
      ...Array(7).fill('ADDED'),
      'BOOKMARK',
    ]);
    expect(bookmark.object).toMatchObject({
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: {
        resourceVersion: expect.stringMatching(/^\d+$/),
        annotations: { 'k8s.io/initial-events-end': 'true' },
      },
    });
  });

  suite.assert('initial events require resourceVersionMatch', async () => {
    const { status, body } = await suite.target.kubernetes.get(CONFIG_MAPS, {
      query: { watch: 'true', sendInitialEvents: 'true' },
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      reason: 'Invalid',
      message: expect.stringContaining(
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ),
    });
  });

  suite.assert(
    'bookmarks are sent regularly, even without events',
    async () => {
      const open = await suite.target.kubernetes.watch(
        '/apis/apps/v1/daemonsets',
        {
          resourceVersion: await version(),
          allowWatchBookmarks: 'true',
        },
      );
      const { object } = await open.event(
        'a bookmark',
        ({ type }) => type === 'BOOKMARK',
      );
      open.close();
      expect(object).toMatchObject({
        kind: 'DaemonSet',
        apiVersion: 'apps/v1',
        metadata: { resourceVersion: expect.stringMatching(/^\d+$/) },
      });
      expect(object.metadata.name).toBeUndefined();
    },
  );

  suite.assert('a version that is too old ends a watch with 410', async () => {
    // Only the history of custom resources is certain to start after version 1: their definition is created later.
    const open = await suite.target.kubernetes.watch(
      '/apis/argoproj.io/v1alpha1/applications',
      { resourceVersion: '1' },
    );
    const { type, object } = await open.event('410', () => true);
    expect(open.status).toBe(200);
    expect(type).toBe('ERROR');
    expect(object).toMatchObject({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      reason: 'Expired',
      code: 410,
      message: expect.stringMatching(/^too old resource version: 1 \(\d+\)$/),
    });
    await open.ended();
  });

  suite.assert('an invalid version is rejected', async () => {
    const { status, body } = await suite.target.kubernetes.get(CONFIG_MAPS, {
      query: { resourceVersion: 'x' },
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      reason: 'BadRequest',
      message: expect.stringContaining('resourceVersion: Invalid value: "x"'),
    });
  });

  suite.assert('a watch ends after timeoutSeconds', async () => {
    const started = Date.now();
    const open = await watch({
      ...BOOK,
      resourceVersion: await version(),
      timeoutSeconds: '2',
    });
    await open.ended();
    expect(Date.now() - started).toBeGreaterThan(1500);
  });
};

function page1(parity: string, state: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: page-1
  labels:
    book: conformance
    parity: ${parity}
data:
  page: '1'
  state: ${state}
`;
}
