import { CHANGE_REQUEST_LABEL } from '@internal/plugin-ml-platform-node';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import {
  ChangeRequestSuite,
  eventually,
  history,
  ME,
  scorer,
  step,
  trailerOf,
} from './__testUtils__/ChangeRequestSuite';

const databases = testDatabase();

describe('change requests', () => {
  let suite: ChangeRequestSuite;

  beforeEach(async () => {
    suite = await ChangeRequestSuite.create(databases);
  });
  afterEach(() => suite.stop());

  it('are tracked from the opening until they are healthy', async () => {
    await suite.start();
    const { number, commit } = await suite.open(
      { [`${scorer}/overlays/dev/kustomization.yaml`]: 'a: 2\n' },
      {
        title: 'Deploy fraud-scorer',
        body: pushed => `Because.\n\n${trailerOf(pushed)}`,
        labels: [CHANGE_REQUEST_LABEL],
      },
    );
    const opened = await eventually(
      () => suite.read(number),
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
      link: `${suite.forge.forgeUrl}/acme/platform/pulls/${number}`,
      state: 'open',
      failed: false,
      step: 'check',
      teams: ['app-ml-team'],
      workloads: [{ team: 'app-ml-team', workload: 'fraud-scorer' }],
      author: 'portal-bot',
      provenance: 'verified',
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

    // A check does not change `updatedAt` of the pull request.
    const status = (state: string) =>
      suite.forge.act('POST', `statuses/${commit}`, {
        state,
        context: 'platform-check',
        description: `It is ${state}`,
        target_url: 'https://ci.example.com/1',
      });
    await status('failure');
    await eventually(
      () => suite.read(number),
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
      () => suite.read(number),
      detail => {
        expect(detail).toMatchObject({ failed: false, step: 'approved' });
        expect(step(detail, 'check')).toMatchObject([{ state: 'passed' }]);
      },
    );

    await suite.forge.act('POST', `pulls/${number}/reviews`, {
      event: 'REQUEST_CHANGES',
      body: 'Fewer.',
    });
    await eventually(
      () => suite.read(number),
      detail =>
        expect(step(detail, 'approved')).toMatchObject([
          { state: 'failed', text: 'platform-engineer requested changes' },
        ]),
    );
    await suite.forge.act('POST', `pulls/${number}/reviews`, {
      event: 'APPROVED',
    });
    await eventually(
      () => suite.read(number),
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

    const before = await suite.repository.head();
    const merged = await suite.merge(number);
    await eventually(
      () => suite.read(number),
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
    suite.deploy('dev', {
      sync: { status: 'Synced', revision: before },
      health: { status: 'Healthy' },
      history: history(before),
    });
    await eventually(
      () => suite.read(number),
      detail =>
        expect(step(detail, 'applied')).toMatchObject([
          { state: 'waiting', text: 'Argo CD has not synced it yet.' },
        ]),
    );
    suite.deploy('dev', {
      sync: { status: 'Synced', revision: merged },
      health: { status: 'Progressing' },
      history: history(before, merged),
    });
    await eventually(
      () => suite.read(number),
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
      suite.deploy('dev', {
        sync: { status: 'Synced', revision: merged },
        health,
        history: history(before, merged),
      });
    unhealthy({
      status: 'Degraded',
      message: 'back-off, see http://10.0.0.1/',
    });
    await eventually(
      () => suite.read(number),
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
      () => suite.read(number),
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

    // Later failures belong to later change requests.
    const next = await suite.changeDev('a: 3\n');
    const later = await suite.merge(next.number);
    suite.deploy('dev', {
      sync: { status: 'Synced', revision: later },
      health: { status: 'Degraded' },
      history: history(before, merged, later),
    });
    await eventually(
      () => suite.read(next.number),
      detail =>
        expect(step(detail, 'healthy')).toMatchObject([{ state: 'failed' }]),
    );
    expect((await suite.read(number))?.steps).toEqual(healthy?.steps);
  });

  it('have reached an environment with any later revision that contains them', async () => {
    await suite.start();
    const first = await suite.changeDev('a: 2\n');
    const before = await suite.repository.head();
    await suite.merge(first.number);
    const second = await suite.open({
      [`${scorer}/base/deployment.yaml`]: 'a: 2\n',
    });
    const later = await suite.merge(second.number);
    suite.deploy('dev', { history: history(before, later) });
    await eventually(
      () => suite.read(first.number),
      detail =>
        expect(step(detail, 'applied')).toMatchObject([
          { state: 'passed', at: '2999-01-01T00:01:00.000Z' },
        ]),
    );
    // The base reaches every environment that the workload is in.
    await eventually(
      () => suite.read(second.number),
      detail =>
        expect(step(detail, 'applied')).toMatchObject([
          { environment: 'dev', state: 'passed' },
          { environment: 'prod', state: 'waiting' },
        ]),
    );
  });
});
