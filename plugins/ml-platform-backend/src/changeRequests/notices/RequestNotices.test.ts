import { CHANGE_REQUEST_LABEL } from '@internal/plugin-ml-platform-node';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import {
  ChangeRequestSuite,
  eventually,
  history,
  ME,
  scorer,
  trailerOf,
} from '../__testUtils__/ChangeRequestSuite';
import { UNSENDABLE } from '../../__testUtils__/startMlPlatform';
import type { ChangeRequestRecord } from '../changeRequestRecord';
import { dueNotices } from './dueNotices';

const databases = testDatabase();

describe('notices of change requests', () => {
  let suite: ChangeRequestSuite;

  beforeEach(async () => {
    suite = await ChangeRequestSuite.create(databases);
    await suite.start();
  });
  afterEach(() => suite.stop());

  const titles = async () =>
    suite.platform.notifications.map(({ payload }) => payload.title);

  it('tell the requester of each event once, with a link to the request', async () => {
    const { number, commit } = await suite.open(
      { [`${scorer}/overlays/dev/kustomization.yaml`]: 'a: 2\n' },
      {
        title: 'Deploy fraud-scorer',
        body: pushed => trailerOf(pushed),
        labels: [CHANGE_REQUEST_LABEL],
      },
    );
    // By hand, so that nobody has asked for it.
    const other = await suite.open(
      { [`${scorer}/overlays/prod/kustomization.yaml`]: 'a: 2\n' },
      { title: 'By hand' },
    );
    for (const head of [commit, other.commit]) {
      await suite.forge.act('POST', `statuses/${head}`, {
        state: 'failure',
        context: 'platform-check',
        description: 'No',
        target_url: 'https://ci.example.com/1',
      });
    }
    await eventually(titles, found =>
      expect(found).toEqual(['A check failed: Deploy fraud-scorer']),
    );
    expect(suite.platform.notifications[0]).toEqual({
      recipients: { type: 'entity', entityRef: ME },
      payload: expect.objectContaining({
        description:
          'Failed: platform-check. Open the request to see what to do.',
        link: `/ml-platform/requests/${number}`,
        severity: 'high',
      }),
    });

    const merged = await suite.merge(number);
    suite.deploy('dev', {
      sync: { status: 'Synced', revision: merged },
      health: { status: 'Healthy' },
      history: history(merged),
    });
    await eventually(titles, found =>
      expect(found).toEqual([
        'A check failed: Deploy fraud-scorer',
        'Merged: Deploy fraud-scorer',
        'Healthy: Deploy fraud-scorer',
      ]),
    );

    // A restart, which forgets what is in memory.
    await suite.platform.stop();
    await suite.start();
    await suite
      .open(
        { [`${scorer}/overlays/dev/kustomization.yaml`]: 'a: 3\n' },
        {
          title: 'Once more',
          body: pushed => trailerOf(pushed),
          labels: [CHANGE_REQUEST_LABEL],
        },
      )
      .then(({ commit: head }) =>
        suite.forge.act('POST', `statuses/${head}`, {
          state: 'failure',
          context: 'platform-check',
          description: 'No',
          target_url: 'https://ci.example.com/1',
        }),
      );
    await eventually(titles, found =>
      expect(found).toEqual(['A check failed: Once more']),
    );
  });

  it('are sent when another one cannot be', async () => {
    for (const title of [UNSENDABLE, 'Told']) {
      const { commit } = await suite.open(
        { [`${scorer}/overlays/dev/kustomization.yaml`]: `a: ${title}\n` },
        {
          title,
          body: pushed => trailerOf(pushed),
          labels: [CHANGE_REQUEST_LABEL],
        },
      );
      await suite.forge.act('POST', `statuses/${commit}`, {
        state: 'failure',
        context: 'platform-check',
        description: 'No',
        target_url: 'https://ci.example.com/1',
      });
    }
    await eventually(titles, found =>
      expect(found).toEqual(['A check failed: Told']),
    );
  });
});

describe('dueNotices', () => {
  const MERGED_AT = '2026-11-30T12:00:00.000Z';
  const record: ChangeRequestRecord = {
    number: 1,
    title: 'Deploy x',
    url: 'https://forge.example.com/1',
    state: 'merged',
    author: 'portal',
    headCommit: 'b',
    openedAt: MERGED_AT,
    updatedAt: MERGED_AT,
    readAt: MERGED_AT,
    merge: { commit: 'c', at: MERGED_AT },
    resolvedAt: 'c',
    teams: ['app-ml-team'],
    workloads: [],
    terraform: [],
    checks: [],
    reviews: [],
    applications: [
      {
        name: 'app-ml-team--x--dev',
        team: 'app-ml-team',
        environment: 'dev',
        project: 'app-ml-team',
        directory: 'x',
        removes: false,
        applied: { state: 'passed' },
        healthy: { state: 'running' },
      },
    ],
  };
  const dueAfter = (minutes: number) =>
    dueNotices(record, Date.parse(MERGED_AT) + minutes * 60_000).map(
      ({ id }) => id,
    );

  it('waits for ten minutes before it calls a change not healthy, and tells no old events', () => {
    expect(dueAfter(9)).toEqual(['merged']);
    expect(dueAfter(10)).toEqual(['merged', 'not-healthy']);
    expect(dueAfter(60)).toEqual([]);
  });

  it('cuts titles that the database of notifications does not take', () => {
    const [{ title }] = dueNotices(
      { ...record, title: 'x'.repeat(255) },
      Date.parse(MERGED_AT),
    );
    expect(title).toBe(`Merged: ${'x'.repeat(247)}`);
  });
});
