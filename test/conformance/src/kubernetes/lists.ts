import type { Assertions } from '../Suite';

const CONFIG_MAPS = '/api/v1/namespaces/team-a-dev/configmaps';
const BOOK = { labelSelector: 'book=conformance' };
const PAGES = [1, 2, 3, 4, 5, 6, 7].map(page => `page-${page}`);

/** Paging, consistency and selectors of lists. */
export const lists: Assertions = suite => {
  const list = (query: Record<string, string>) =>
    suite.target.kubernetes.list(CONFIG_MAPS, query);
  const names = async (query: Record<string, string>) =>
    (await list(query)).body.items.map(({ metadata }) => metadata.name);

  suite.assert('the pages of the fixture appear', async () => {
    await suite.target.kubernetes.settledList(
      CONFIG_MAPS,
      BOOK,
      items => items.length === PAGES.length,
    );
  });

  suite.assert(
    'a list has its kind, and items of built-in types have none',
    async () => {
      const { status, contentType, body } = await list(BOOK);
      expect(status).toBe(200);
      expect(contentType).toBe('application/json');
      expect(body).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1' });
      expect(body.metadata.resourceVersion).toMatch(/^\d+$/);
      expect(body.metadata.continue).toBeUndefined();
      expect(body.items[0].kind).toBeUndefined();
      expect(body.items[0].apiVersion).toBeUndefined();
    },
  );

  suite.assert('items of custom resources have their kind', async () => {
    const { body } = await suite.target.kubernetes.list(
      '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications',
    );
    expect(body.kind).toBe('ApplicationList');
    expect(body.items[0]).toMatchObject({
      kind: 'Application',
      apiVersion: 'argoproj.io/v1alpha1',
    });
  });

  suite.assert('an empty list has an empty array', async () => {
    const { body } = await list({ labelSelector: 'book=none' });
    expect(body.items).toEqual([]);
  });

  suite.assert('objects are ordered by namespace and name', async () => {
    expect(await names(BOOK)).toEqual(PAGES);
    const { body } = await suite.target.kubernetes.list('/api/v1/configmaps', {
      fieldSelector: 'metadata.namespace!=kube-system',
    });
    const keys = body.items.map(
      ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
    );
    expect(keys).toEqual([...keys].sort());
  });

  suite.assert(
    'limit and continue return every object once, with all pages at one version',
    async () => {
      const first = await list({ ...BOOK, limit: '3' });
      const token = first.body.metadata.continue ?? '';
      expect(first.body.items).toHaveLength(3);
      const second = await list({ ...BOOK, limit: '3', continue: token });
      const third = await list({
        ...BOOK,
        limit: '3',
        continue: second.body.metadata.continue ?? '',
      });
      expect(
        [first, second, third].flatMap(({ body }) =>
          body.items.map(({ metadata }) => metadata.name),
        ),
      ).toEqual(PAGES);
      expect(third.body.metadata.continue).toBeUndefined();
      const versions = [first, second, third].map(
        ({ body }) => body.metadata.resourceVersion,
      );
      expect(new Set(versions).size).toBe(1);
    },
  );

  suite.assert(
    'the number of remaining items is returned without selectors only',
    async () => {
      const all = await list({});
      const page = await list({ limit: '2' });
      expect(page.body.metadata.remainingItemCount).toBe(
        all.body.items.length - 2,
      );
      const selected = await list({ ...BOOK, limit: '2' });
      expect(selected.body.metadata.remainingItemCount).toBeUndefined();
    },
  );

  suite.assert('a later page shows the state at the first page', async () => {
    const first = await list({ ...BOOK, limit: '3' });
    const path = 'infra/gitops/workloads/team-a/pages/overlays/dev/page-7.yaml';
    await suite.target.repository.commit('Turn page 7', {
      [path]: page7('turned'),
    });
    await suite.target.kubernetes.settled(`${CONFIG_MAPS}/page-7`, object =>
      JSON.stringify(object).includes('turned'),
    );
    const rest = await list({
      ...BOOK,
      limit: '10',
      continue: first.body.metadata.continue ?? '',
    });
    expect(JSON.stringify(rest.body.items)).not.toContain('turned');
    expect(rest.body.items).toHaveLength(4);
    const now = await list(BOOK);
    expect(JSON.stringify(now.body.items)).toContain('turned');
  });

  suite.assert(
    'resourceVersion=0 returns the cached objects of the server',
    async () => {
      const { status, body } = await list({ ...BOOK, resourceVersion: '0' });
      expect(status).toBe(200);
      expect(body.items).toHaveLength(PAGES.length);
    },
  );

  suite.assert('an exact version shows the objects as they were', async () => {
    const { body: before } = await list(BOOK);
    const path = 'infra/gitops/workloads/team-a/pages/overlays/dev/page-7.yaml';
    await suite.target.repository.commit('Turn page 7 again', {
      [path]: page7('once-more'),
    });
    await suite.target.kubernetes.settled(`${CONFIG_MAPS}/page-7`, object =>
      JSON.stringify(object).includes('once-more'),
    );
    const { body: exact } = await list({
      ...BOOK,
      resourceVersion: before.metadata.resourceVersion,
      resourceVersionMatch: 'Exact',
    });
    expect(JSON.stringify(exact.items)).not.toContain('once-more');
    expect(exact.metadata.resourceVersion).toBe(
      before.metadata.resourceVersion,
    );
  });

  suite.assert('a future version times out', async () => {
    const { status, body } = await list({
      ...BOOK,
      resourceVersion: '999999999999999',
      resourceVersionMatch: 'NotOlderThan',
    });
    expect(status).toBe(504);
    expect(body).toMatchObject({
      kind: 'Status',
      reason: 'Timeout',
      code: 504,
      message: expect.stringMatching(
        /^Timeout: Too large resource version: 999999999999999, current: \d+$/,
      ),
      details: { causes: [{ reason: 'ResourceVersionTooLarge' }] },
    });
  });

  suite.assert('an invalid continue token is rejected', async () => {
    const { status, body } = await list({ limit: '2', continue: 'x' });
    expect(status).toBe(400);
    expect(body).toMatchObject({ reason: 'BadRequest' });
  });

  suite.assert(
    'label selectors: equality, inequality, sets, existence',
    async () => {
      const book = (selector: string) =>
        names({ labelSelector: `book=conformance,${selector}` });
      const even = ['page-2', 'page-4', 'page-6'];
      expect(await book('parity=even')).toEqual(even);
      expect(await book('parity==even')).toEqual(even);
      expect(await book('parity!=odd')).toEqual(even);
      expect(await book('parity in (even, none)')).toEqual(even);
      expect(await book('parity notin (odd)')).toEqual(even);
      expect(await book('parity')).toEqual(PAGES);
      expect(await book('!parity')).toEqual([]);
      expect(await book('colour!=red')).toEqual(PAGES);
    },
  );

  suite.assert('an invalid label selector is rejected', async () => {
    const { status, body } = await list({ labelSelector: 'a in b' });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      reason: 'BadRequest',
      message: expect.stringContaining('unable to parse requirement'),
    });
  });

  suite.assert(
    'field selectors: name, phase, node, involved object',
    async () => {
      expect(await names({ fieldSelector: 'metadata.name=page-3' })).toEqual([
        'page-3',
      ]);
      const pods = '/api/v1/namespaces/team-a-dev/pods';
      const running = await suite.target.kubernetes.list(pods, {
        fieldSelector: 'status.phase=Running',
      });
      expect(
        running.body.items.every(({ status }) => status?.phase === 'Running'),
      ).toBe(true);
      const elsewhere = await suite.target.kubernetes.list(pods, {
        fieldSelector: 'spec.nodeName=no-such-node',
      });
      expect(elsewhere.body.items).toEqual([]);
      const events = await suite.target.kubernetes.list(
        '/api/v1/namespaces/team-a-dev/events',
        { fieldSelector: 'involvedObject.kind=ConfigMap' },
      );
      expect(events.body.items).toEqual([]);
    },
  );

  suite.assert('an unsupported field selector is rejected', async () => {
    const { status, body } = await list({ fieldSelector: 'data.page=1' });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      reason: 'BadRequest',
      message:
        '"data.page" is not a known field selector: only "metadata.name", "metadata.namespace"',
    });
    const pods = await suite.target.kubernetes.list('/api/v1/pods', {
      fieldSelector: 'spec.x=1',
    });
    expect(pods.body).toMatchObject({
      reason: 'BadRequest',
      message: 'field label not supported: spec.x',
    });
  });
};

function page7(state: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: page-7
  labels:
    book: conformance
    parity: odd
data:
  page: '7'
  state: ${state}
`;
}
