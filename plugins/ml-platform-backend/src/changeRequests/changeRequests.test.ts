import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  changeRequestDetailSchema,
  changeRequestsSchema,
  type ChangeRequestDetail,
  type ChangeRequestStep,
} from '@internal/plugin-ml-platform-common';
import {
  formatTrailer,
  CHANGE_REQUEST_LABEL,
  type Forge,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import {
  startTestForge,
  type TestForge,
} from '@internal/plugin-ml-platform-node/testing/forge';
import {
  FakeKubernetes,
  fakeObjects,
  testDatabase,
} from '@internal/plugin-ml-platform-node/testing';
import type { Knex } from 'knex';
import request from 'supertest';
import { eventually as holdsEventually } from '../__testUtils__/eventually';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';
import { changeRequestRecordSchema } from './changeRequestRecord';

jest.setTimeout(60_000);

const databases = testDatabase();

const SECRET = 'trailer-secret';
const WEBHOOK_SECRET = 'webhook-secret';
const scorer = 'infra/gitops/workloads/app-ml-team/fraud-scorer';
const etl = 'infra/gitops/workloads/app-data-team/etl';
const ME = 'user:default/ml-engineer';

const trailer = {
  id: 'abc',
  template: 'template:default/ml-service',
  team: 'app-ml-team',
  workload: 'fraud-scorer',
  requester: ME,
  digest: '0f',
};

describe('requests', () => {
  let forge: TestForge;
  let kubernetes: FakeKubernetes;
  let repository: PlatformRepository;
  let knex: Knex;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  let branches = 0;

  /** What the portal has at hand: its forge may be taken away. */
  async function start(
    requests: { pollSeconds?: number; webhookSecret?: string } = {
      pollSeconds: 0.2,
    },
    portalForge: Partial<Forge> = forge.forge,
  ) {
    const { repository: clone } = await forge.openRepository();
    platform = await startMlPlatform({
      kubernetes,
      requests,
      trailerSecret: SECRET,
      forge: portalForge,
      repository: {
        branch: 'main',
        head: () => clone.head(),
        lastKnownHead: () => clone.lastKnownHead(),
        list: (...parameters) => clone.list(...parameters),
        contains: options => clone.contains(options),
      },
      features: [
        createServiceFactory({
          service: coreServices.database,
          deps: {},
          factory: () => ({ getClient: async () => knex }),
        }),
      ],
    });
  }

  beforeEach(async () => {
    forge = await startTestForge({
      [`${scorer}/base/deployment.yaml`]: 'a: 1\n',
      [`${scorer}/overlays/dev/kustomization.yaml`]: 'a: 1\n',
      [`${scorer}/overlays/prod/kustomization.yaml`]: 'a: 1\n',
      [`${etl}/overlays/dev/kustomization.yaml`]: 'a: 1\n',
      'infra/README.md': 'x\n',
    });
    kubernetes = await FakeKubernetes.start();
    ({ repository } = await forge.openRepository());
    knex = await databases.init();
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
    await forge.stop();
  });

  /** Opens a pull request that changes files; undefined deletes one. */
  async function open(
    files: Record<string, string | undefined>,
    options: { title?: string; body?: string; labels?: string[] } = {},
  ) {
    branches += 1;
    const branch = `branch-${branches}`;
    const commit = await repository.commit({
      base: await repository.head(),
      changes: Object.entries(files).map(([path, content]) =>
        content === undefined
          ? { path, deleted: true }
          : { path, content: Buffer.from(content) },
      ),
      message: 'Change',
      author: { name: 'Ada', email: 'ada@example.com' },
    });
    await repository.pushNewBranch({ commit, branch });
    const { number } = await forge.forge.openPullRequest({
      branch,
      baseBranch: 'main',
      title: options.title ?? 'A change',
      body: options.body ?? '',
      labels: options.labels ?? [],
    });
    return { number, commit };
  }

  const changeDev = (content: string, body?: string) =>
    open(
      { [`${scorer}/overlays/dev/kustomization.yaml`]: content },
      { body, labels: [CHANGE_REQUEST_LABEL] },
    );

  async function merge(number: number): Promise<string> {
    await forge.merge(number);
    return (await forge.forge.getPullRequest(number)).merge!.commit;
  }

  /** Argo CD's Application of the workload in an environment. */
  function deploy(
    environment: string,
    status: Record<string, unknown>,
    [team, workload] = ['app-ml-team', 'fraud-scorer'],
  ) {
    const application = fakeObjects.application(
      team,
      workload,
      environment,
      status,
    );
    kubernetes.objects = [
      ...kubernetes.objects.filter(
        ({ metadata }) => metadata.name !== application.metadata.name,
      ),
      application,
    ];
  }

  const history = (...revisions: string[]) =>
    revisions.map((revision, id) => ({
      id,
      revision,
      deployedAt: `2999-01-01T00:0${id}:00Z`,
    }));

  async function read(number: number, person = 'ml-engineer') {
    const { status, body } = await platform.get(
      person,
      `/change-requests/${number}`,
    );
    return status === 200 ? changeRequestDetailSchema.parse(body) : undefined;
  }

  async function list(query = '', person = 'ml-engineer') {
    const { body } = await platform.get(person, `/change-requests${query}`);
    return changeRequestsSchema.parse(body);
  }

  /** What the database remembers. */
  async function written(number: number) {
    const row = await knex('change_requests').where({ number }).first('record');
    return row && changeRequestRecordSchema.parse(JSON.parse(row.record));
  }

  /** Reads again until it is as it should be. */
  const eventually = async <T>(
    what: () => Promise<T>,
    check: (value: T) => void,
  ): Promise<T> =>
    holdsEventually(async () => {
      const value = await what();
      check(value);
      return value;
    }, 20_000);

  const step = (
    detail: ChangeRequestDetail | undefined,
    id: ChangeRequestStep['id'],
    about: Partial<ChangeRequestStep> = {},
  ) =>
    detail?.steps.filter(
      candidate =>
        candidate.id === id &&
        Object.entries(about).every(
          ([key, value]) => candidate[key as keyof ChangeRequestStep] === value,
        ),
    );

  it('tell the pages of their teams, and no others, when they change', async () => {
    await start();
    const listen = async (person: string, team: string) => {
      const response = await platform.stream(
        person,
        `/live?topics=requests:${team}`,
      );
      return response.body!.pipeThrough(new TextDecoderStream()).getReader();
    };
    const [mine, theirs] = [
      await listen('ml-engineer', 'app-ml-team'),
      await listen('data-engineer', 'app-data-team'),
    ];
    expect((await mine.read()).value).toBe(': open\n\n');
    expect((await theirs.read()).value).toBe(': open\n\n');

    await changeDev('a: 2\n');
    expect((await mine.read()).value).toContain(
      '{"topics":["requests:app-ml-team"]}',
    );
    const other = theirs.read().then(({ value }) => value);
    expect(await Promise.race([other, sleep(1_500)])).toBe(undefined);
    await Promise.all([mine.cancel(), theirs.cancel()]);
  });

  it('are followed from the opening until they are healthy', async () => {
    await start();
    const { number, commit } = await open(
      { [`${scorer}/overlays/dev/kustomization.yaml`]: 'a: 2\n' },
      {
        title: 'Deploy fraud-scorer',
        body: `Because.\n\n${formatTrailer(trailer, SECRET)}`,
        labels: [CHANGE_REQUEST_LABEL],
      },
    );
    const opened = await eventually(
      () => read(number),
      detail => expect(detail).toBeDefined(),
    );
    const application = {
      name: 'app-ml-team--fraud-scorer--dev',
      workload: 'fraud-scorer',
      environment: 'dev',
    };
    expect(opened).toMatchObject({
      number,
      title: 'Deploy fraud-scorer',
      link: `${forge.forgeUrl}/acme/platform/pulls/${number}`,
      state: 'open',
      failed: false,
      step: 'check',
      teams: ['app-ml-team'],
      workloads: [{ team: 'app-ml-team', workload: 'fraud-scorer' }],
      author: 'portal-bot',
      verified: true,
      origin: {
        requestId: 'abc',
        template: 'template:default/ml-service',
        requester: ME,
      },
      steps: [
        { id: 'opened', state: 'passed', at: expect.any(String) },
        { id: 'check', state: 'waiting' },
        { id: 'approved', state: 'waiting' },
        { id: 'merged', state: 'waiting' },
        { id: 'applied', state: 'waiting', ...application },
        { id: 'healthy', state: 'waiting', ...application },
      ],
      freshness: { stale: false, problems: [], asOf: expect.any(String) },
    });
    expect(opened).not.toHaveProperty('claims');

    // A check does not move the time of the pull request's last change.
    const status = (state: string) =>
      forge.act('POST', `statuses/${commit}`, {
        state,
        context: 'platform-check',
        description: `It is ${state}`,
        target_url: 'https://ci.example.com/1',
      });
    await status('failure');
    await eventually(
      () => read(number),
      detail => {
        expect(detail).toMatchObject({ failed: true, step: 'check' });
        expect(step(detail, 'check')).toMatchObject([
          {
            name: 'platform-check',
            state: 'failed',
            text: 'It is failure',
            link: 'https://ci.example.com/1',
          },
        ]);
      },
    );
    await status('success');
    await eventually(
      () => read(number),
      detail => {
        expect(detail).toMatchObject({ failed: false, step: 'approved' });
        expect(step(detail, 'check')).toMatchObject([{ state: 'passed' }]);
      },
    );

    await forge.act('POST', `pulls/${number}/reviews`, {
      event: 'REQUEST_CHANGES',
      body: 'Fewer.',
    });
    await eventually(
      () => read(number),
      detail =>
        expect(step(detail, 'approved')).toMatchObject([
          { state: 'failed', text: 'platform-engineer requested changes' },
        ]),
    );
    await forge.act('POST', `pulls/${number}/reviews`, { event: 'APPROVED' });
    await eventually(
      () => read(number),
      detail => {
        expect(detail?.step).toBe('merged');
        expect(step(detail, 'approved')).toMatchObject([
          {
            state: 'passed',
            text: 'By platform-engineer',
            at: expect.any(String),
          },
        ]);
      },
    );

    const before = await repository.head();
    const merged = await merge(number);
    await eventually(
      () => read(number),
      detail => {
        expect(detail).toMatchObject({ state: 'merged', step: 'applied' });
        expect(step(detail, 'merged')).toMatchObject([
          {
            state: 'passed',
            at: expect.any(String),
            text: `${merged.slice(0, 10)} by platform-engineer`,
          },
        ]);
      },
    );
    deploy('dev', {
      sync: { status: 'Synced', revision: before },
      health: { status: 'Healthy' },
      history: history(before),
    });
    await eventually(
      () => read(number),
      detail =>
        expect(step(detail, 'applied')).toMatchObject([
          { state: 'waiting', text: 'Argo CD has not synced it yet.' },
        ]),
    );
    deploy('dev', {
      sync: { status: 'Synced', revision: merged },
      health: { status: 'Progressing' },
      history: history(before, merged),
    });
    await eventually(
      () => read(number),
      detail => {
        expect(detail?.step).toBe('healthy');
        expect(step(detail, 'applied')).toEqual([
          {
            id: 'applied',
            state: 'passed',
            at: '2999-01-01T00:01:00.000Z',
            ...application,
          },
        ]);
        expect(step(detail, 'healthy')).toMatchObject([
          { state: 'running', text: expect.stringMatching(/^Progressing/) },
        ]);
      },
    );
    const unhealthy = (health: object) =>
      deploy('dev', {
        sync: { status: 'Synced', revision: merged },
        health,
        history: history(before, merged),
      });
    unhealthy({
      status: 'Degraded',
      message: 'back-off, see http://10.0.0.1/',
    });
    await eventually(
      () => read(number),
      detail => {
        expect(detail).toMatchObject({ failed: true, step: 'healthy' });
        expect(step(detail, 'healthy')).toMatchObject([
          {
            state: 'failed',
            text: expect.stringMatching(
              /^Degraded: .*back-off, see \(address\)/,
            ),
          },
        ]);
      },
    );
    unhealthy({
      status: 'Healthy',
      lastTransitionTime: '2999-01-01T00:07:00Z',
    });
    const healthy = await eventually(
      () => read(number),
      detail => {
        expect(detail).toMatchObject({ failed: false, step: 'done' });
        expect(step(detail, 'healthy')).toEqual([
          {
            id: 'healthy',
            state: 'passed',
            at: '2999-01-01T00:07:00.000Z',
            ...application,
          },
        ]);
      },
    );

    // What comes later is not its own.
    unhealthy({ status: 'Degraded' });
    await sleep(500);
    expect((await read(number))?.steps).toEqual(healthy?.steps);
  });

  it('have reached an environment with any later revision that contains them', async () => {
    await start();
    const first = await changeDev('a: 2\n');
    const before = await repository.head();
    await merge(first.number);
    const second = await open({ [`${scorer}/base/deployment.yaml`]: 'a: 2\n' });
    const later = await merge(second.number);
    deploy('dev', { history: history(before, later) });
    await eventually(
      () => read(first.number),
      detail =>
        expect(step(detail, 'applied')).toMatchObject([
          { state: 'passed', at: '2999-01-01T00:01:00.000Z' },
        ]),
    );
    // The base reaches every environment that the workload is in.
    await eventually(
      () => read(second.number),
      detail =>
        expect(step(detail, 'applied')).toMatchObject([
          { environment: 'dev', state: 'passed' },
          { environment: 'prod', state: 'waiting' },
        ]),
    );
  });

  it('of a team do not believe labels and projects of others', async () => {
    await start();
    const { number } = await changeDev('a: 2\n');
    const merged = await merge(number);
    deploy('dev', { history: history(merged) });
    const [application] = kubernetes.objects;
    application.spec = { project: 'app-data-team' };
    await eventually(
      () => read(number),
      detail =>
        expect(step(detail, 'applied')).toMatchObject([
          {
            state: 'waiting',
            text: 'Argo CD does not have the Application yet.',
          },
        ]),
    );
    application.spec = { project: 'app-ml-team' };
    await eventually(
      () => read(number),
      detail =>
        expect(step(detail, 'applied')).toMatchObject([{ state: 'passed' }]),
    );
  });

  it('are not healthy while pods say that they are not', async () => {
    await start();
    const { number } = await changeDev('a: 2\n');
    const merged = await merge(number);
    const pod = (state: object, ready: boolean) =>
      fakeObjects.ofWorkload('fraud-scorer', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'fraud-scorer-1', namespace: 'app-ml-team-dev' },
        spec: { containers: [{ name: 'server', image: 'scorer:1' }] },
        status: {
          phase: 'Running',
          conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
          containerStatuses: [
            { name: 'server', ready, restartCount: 4, state },
          ],
        },
      });
    const namespace = fakeObjects.namespace(
      'app-ml-team',
      'dev',
      'app-ml-team-dev',
    );
    kubernetes.objects = [
      namespace,
      pod(
        { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } },
        false,
      ),
    ];
    deploy('dev', { history: history(merged), health: { status: 'Healthy' } });
    await eventually(
      () => read(number),
      detail =>
        expect(step(detail, 'healthy')).toMatchObject([
          { state: 'running', text: expect.stringMatching(/\w/) },
        ]),
    );
    const application = kubernetes.objects.at(-1)!;
    kubernetes.objects = [namespace, pod({ running: {} }, true), application];
    await eventually(
      () => read(number),
      detail =>
        expect(step(detail, 'healthy')).toMatchObject([{ state: 'passed' }]),
    );
  });

  it('that delete a workload are done when its Application is gone', async () => {
    await start();
    deploy('dev', { health: { status: 'Healthy' } });
    const { number } = await changeDev('a: 2\n');
    const removal = await open({
      [`${scorer}/overlays/dev/kustomization.yaml`]: undefined,
    });
    await forge.act('PATCH', `pulls/${number}`, { state: 'closed' });
    await merge(removal.number);
    await eventually(
      () => read(removal.number),
      detail =>
        expect(step(detail, 'applied')).toMatchObject([
          { state: 'waiting', text: 'Argo CD still has the Application.' },
        ]),
    );
    kubernetes.objects = [];
    await eventually(
      () => read(removal.number),
      detail => {
        expect(detail?.step).toBe('done');
        expect(step(detail, 'applied')).toMatchObject([
          { state: 'passed', text: 'Removed.' },
        ]);
      },
    );
    expect(await read(number)).toMatchObject({
      state: 'closed',
      failed: false,
      step: 'done',
      steps: [
        { id: 'opened' },
        { id: 'check', state: 'skipped' },
        { id: 'approved', state: 'skipped' },
        { id: 'merged', state: 'skipped', text: 'Closed without a merge.' },
        { id: 'applied', state: 'skipped' },
        { id: 'healthy', state: 'skipped' },
      ],
    });
  });

  it('say that Terraform is not applied here', async () => {
    await start();
    const { number } = await open({
      'infra/terraform/compositions/teams/app-ml-team/dev/fraud-scorer.tf': '',
    });
    await eventually(
      () => read(number),
      detail =>
        expect(step(detail, 'applied')).toMatchObject([
          {
            state: 'skipped',
            environment: 'dev',
            text: expect.stringContaining('not applied here'),
          },
        ]),
    );
  });

  it('believe signed trailers about themselves only', async () => {
    await start();
    const signed = formatTrailer(trailer, SECRET);
    const bodies = {
      signed,
      unsigned: formatTrailer(trailer, undefined),
      forged: formatTrailer(trailer, 'guessed'),
      changed: signed.replace('ml-engineer', 'team-lead'),
      copied: formatTrailer({ ...trailer, workload: 'other' }, SECRET),
      byHand: 'By hand.',
    };
    for (const body of Object.values(bodies)) {
      await changeDev(`a: ${branches}\n`, body);
    }
    // What it claims of its team makes it nobody's.
    await open({ 'infra/README.md': 'y\n' }, { body: signed });
    const { items } = await eventually(
      () => list('?sort=openedAt&order=asc'),
      page => expect(page.total).toBe(6),
    );
    const claims = { requestId: 'abc', template: trailer.template };
    expect(
      items.map(({ verified, origin, claims: claimed }) => ({
        verified,
        origin,
        claims: claimed,
      })),
    ).toEqual([
      { verified: true, origin: { ...claims, requester: ME } },
      ...[ME, ME, 'user:default/team-lead', ME].map(requester => ({
        verified: false,
        claims: { ...claims, requester },
      })),
      { verified: false },
    ]);
    expect(await list(`?requester=${ME}`)).toMatchObject({ total: 1 });
    expect(await list(`?template=${trailer.template}`)).toMatchObject({
      total: 1,
    });
    expect(await list('?requester=user:default/team-lead')).toMatchObject({
      total: 0,
    });
  });

  it('of other teams are invisible in lists, counts, searches and by number', async () => {
    await start();
    const mine = await changeDev('a: 2\n');
    const theirs = await open(
      { [`${etl}/overlays/dev/kustomization.yaml`]: 'a: 2\n' },
      { title: 'Secret plans' },
    );
    const both = await open(
      {
        [`${scorer}/overlays/prod/kustomization.yaml`]: 'a: 3\n',
        [`${etl}/overlays/dev/kustomization.yaml`]: 'a: 3\n',
      },
      { title: 'For both' },
    );
    await open({ 'infra/README.md': 'y\n' });
    const numbers = async (query: string, person?: string) => {
      const { items, total } = await list(query, person);
      expect(total).toBe(items.length);
      return items.map(({ number }) => number);
    };
    const order = '?sort=openedAt&order=asc';
    await eventually(
      () => numbers(order, 'platform-engineer'),
      found =>
        expect(found).toEqual([mine, theirs, both].map(pull => pull.number)),
    );
    expect(await numbers(order)).toEqual([mine.number, both.number]);
    expect(await numbers(order, 'data-engineer')).toEqual([
      theirs.number,
      both.number,
    ]);
    expect(await numbers(order, 'security-engineer')).toEqual([]);
    for (const query of [
      '?search=secret',
      '?search=etl',
      '?team=app-data-team&search=plans',
      `?search=%23${theirs.number}`,
    ]) {
      expect(await numbers(query)).toEqual([]);
    }
    expect(await numbers('?team=app-data-team')).toEqual([]);

    const answers = await Promise.all(
      [theirs.number, 9_999].map(number =>
        platform.get('ml-engineer', `/change-requests/${number}`),
      ),
    );
    const [hidden, absent] = answers.map(({ status, body }) => ({
      status,
      error: body.error,
    }));
    expect(hidden).toEqual(absent);
    expect(hidden.status).toBe(404);

    // Of a request for both, each sees its part.
    for (const [person, team, name] of [
      ['ml-engineer', 'app-ml-team', 'app-ml-team--fraud-scorer--prod'],
      ['data-engineer', 'app-data-team', 'app-data-team--etl--dev'],
    ]) {
      const detail = await read(both.number, person);
      expect(detail?.teams).toEqual([team]);
      expect(detail?.workloads.map(workload => workload.team)).toEqual([team]);
      expect(step(detail, 'applied')?.map(applied => applied.name)).toEqual([
        name,
      ]);
    }
  });

  it('are filtered, sorted and paged', async () => {
    await start();
    const first = await changeDev('a: 2\n');
    const second = await open(
      { [`${scorer}/overlays/prod/kustomization.yaml`]: 'a: 2\n' },
      { title: 'Promote' },
    );
    const third = await changeDev('a: 3\n');
    await forge.act('PATCH', `pulls/${third.number}`, { state: 'closed' });
    await forge.act('POST', `statuses/${second.commit}`, {
      state: 'error',
      context: 'platform-check',
    });
    await merge(first.number);
    const numbers = async (query: string) =>
      (await list(query)).items.map(({ number }) => number);
    await eventually(
      async () => ({
        failed: await numbers('?state=failed'),
        merged: await numbers('?state=merged'),
        closed: await numbers('?state=closed'),
      }),
      found =>
        expect(found).toEqual({
          failed: [second.number],
          merged: [first.number],
          closed: [third.number],
        }),
    );
    const all = [first, second, third].map(({ number }) => number);
    expect(await numbers('?state=open')).toEqual([second.number]);
    expect(await numbers('?step=applied')).toEqual([first.number]);
    expect(await numbers('?search=PROMOTE')).toEqual([second.number]);
    expect(await numbers('?sort=openedAt&order=asc')).toEqual(all);
    expect(await numbers('?sort=openedAt')).toEqual([...all].reverse());
    expect(
      await list('?sort=openedAt&order=asc&offset=1&limit=1'),
    ).toMatchObject({ items: [{ number: second.number }], total: 3 });
    for (const query of ['?limit=101', '?state=odd', '?sort=title']) {
      const { status } = await platform.get(
        'ml-engineer',
        `/change-requests${query}`,
      );
      expect(status).toBe(400);
    }
  });

  it('are shown as last known while the forge is down, also after a restart', async () => {
    await start();
    const { number } = await changeDev('a: 2\n');
    const merged = await merge(number);
    deploy('dev', {
      history: history(merged),
      health: { status: 'Healthy' },
    });
    const before = await eventually(
      () => read(number),
      detail => expect(detail?.step).toBe('done'),
    );
    await eventually(
      () => written(number),
      record =>
        expect(record?.applications).toMatchObject([
          { healthy: { state: 'passed' } },
        ]),
    );
    await platform.stop();
    kubernetes.objects = [];
    const stoppedAt = new Date().toISOString();

    let isDown = true;
    const unlessDown = async <T>(ask: () => Promise<T>) => {
      if (isDown) {
        throw new ServiceUnavailableError('The forge cannot be reached.');
      }
      return ask();
    };
    const { forge: real } = forge;
    await start(undefined, {
      listPullRequests: options =>
        unlessDown(() => real.listPullRequests(options)),
      listChangedPaths: pull => unlessDown(() => real.listChangedPaths(pull)),
      listChecks: commit => unlessDown(() => real.listChecks(commit)),
      listReviews: pull => unlessDown(() => real.listReviews(pull)),
    });
    const after = await eventually(
      () => read(number),
      detail => expect(detail?.freshness.stale).toBe(true),
    );
    expect(after?.steps).toEqual(before?.steps);
    expect(after?.freshness).toMatchObject({
      asOf: expect.any(String),
      problems: [
        {
          source: 'Forge',
          kind: 'unreachable',
          message: 'The forge cannot be reached.',
        },
      ],
    });
    expect(after!.freshness.asOf! <= stoppedAt).toBe(true);
    expect((await list()).freshness).toMatchObject({ stale: true });

    isDown = false;
    const again = await eventually(
      () => read(number),
      detail => expect(detail?.freshness.stale).toBe(false),
    );
    expect(again?.steps).toEqual(before?.steps);
  });

  it('are followed while the database fails, and written down afterwards', async () => {
    await start();
    await knex.schema.renameTable('change_requests', 'elsewhere');
    const { number } = await changeDev('a: 2\n');
    const detail = await eventually(
      () => read(number),
      found => expect(found?.freshness.problems).toHaveLength(1),
    );
    expect(detail).toMatchObject({
      state: 'open',
      freshness: {
        stale: true,
        problems: [{ source: "The portal's database", kind: 'failed' }],
      },
    });
    await knex.schema.renameTable('elsewhere', 'change_requests');
    await eventually(
      () => written(number),
      record => expect(record).toMatchObject({ number, state: 'open' }),
    );
    await eventually(
      () => read(number),
      found => expect(found?.freshness.problems).toEqual([]),
    );
  });

  describe('with a webhook', () => {
    const send = (
      body: object | string,
      signature?: (text: string) => string | undefined,
    ) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const sign =
        signature ??
        (() => createHmac('sha256', WEBHOOK_SECRET).update(text).digest('hex'));
      const call = request(platform.server)
        .post('/api/ml-platform/webhooks/forge')
        .set('content-type', 'application/json');
      const signed = sign(text);
      return (
        signed === undefined ? call : call.set('x-gitea-signature', signed)
      )
        .send(text)
        .then(({ status, body: answer }) => ({ status, answer }));
    };

    it('are read again when the forge tells of something, and not before', async () => {
      await start({ pollSeconds: 3_600, webhookSecret: WEBHOOK_SECRET });
      await eventually(
        () => list(),
        page => expect(page.freshness.stale).toBe(false),
      );
      await forge.act('POST', 'hooks', {
        type: 'gitea',
        active: true,
        events: ['push', 'pull_request', 'status'],
        config: {
          url: `http://127.0.0.1:${platform.server.port()}/api/ml-platform/webhooks/forge`,
          content_type: 'json',
          secret: WEBHOOK_SECRET,
        },
      });
      const { number, commit } = await changeDev('a: 2\n');
      const told = (check: (detail: ChangeRequestDetail) => void) =>
        eventually(
          () => read(number),
          detail => {
            expect(detail).toBeDefined();
            check(detail!);
          },
        );
      await told(detail => expect(detail.state).toBe('open'));
      await forge.act('POST', `statuses/${commit}`, {
        state: 'success',
        context: 'platform-check',
      });
      await told(detail =>
        expect(step(detail, 'check')).toMatchObject([{ state: 'passed' }]),
      );
      await forge.act('POST', `pulls/${number}/reviews`, { event: 'APPROVED' });
      await told(detail => expect(detail.step).toBe('merged'));
      await merge(number);
      await told(detail => expect(detail.state).toBe('merged'));
    });

    it('believe nothing that is not signed, and nothing of what is', async () => {
      await start({ pollSeconds: 3_600, webhookSecret: WEBHOOK_SECRET });
      await eventually(
        () => list(),
        page => expect(page.freshness.stale).toBe(false),
      );
      const { number } = await changeDev('a: 2\n');
      const body = {
        action: 'closed',
        number,
        pull_request: { number, merged: true, title: 'Made up' },
      };
      const refused = [
        await send(body, () => undefined),
        await send(body, () => ''),
        await send(body, () => 'x'.repeat(64)),
        await send(body, text =>
          createHmac('sha256', 'other').update(text).digest('hex'),
        ),
        await send(body, text =>
          createHmac('sha256', WEBHOOK_SECRET).update(`${text} `).digest('hex'),
        ),
      ];
      expect(refused.map(({ status }) => status)).toEqual(
        refused.map(() => 403),
      );
      expect(
        new Set(refused.map(({ answer }) => answer.error.message)),
      ).toEqual(new Set(['Refused.']));
      await sleep(500);
      expect(await read(number)).toBeUndefined();

      // Twice, because a replay does no harm.
      for (let time = 0; time < 2; time += 1) {
        expect(await send(body)).toEqual({
          status: 200,
          answer: { status: 'accepted' },
        });
      }
      const detail = await eventually(
        () => read(number),
        found => expect(found).toBeDefined(),
      );
      expect(detail).toMatchObject({ state: 'open', title: 'A change' });
      expect((await list()).total).toBe(1);
      for (const odd of ['', 'x', '[]', '{"number":-1}', '{"number":12345}']) {
        expect((await send(odd)).status).toBe(200);
      }
      expect((await send('x'.repeat(1_100_000))).status).toBe(413);
      expect((await list()).freshness.stale).toBe(false);
    });

    it('refuses everything without a secret', async () => {
      await start({ pollSeconds: 3_600 });
      for (const secret of ['', 'undefined', WEBHOOK_SECRET]) {
        const { status } = await send({ number: 1 }, text =>
          createHmac('sha256', secret).update(text).digest('hex'),
        );
        expect(status).toBe(403);
      }
    });
  });
});
