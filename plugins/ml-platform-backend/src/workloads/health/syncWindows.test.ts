import type { SyncWindow } from '@internal/plugin-ml-platform-node';
import { applicationHealth, inOrder } from '../__testUtils__/applicationHealth';

const outOfSync = {
  ...inOrder,
  sync: { status: 'OutOfSync' },
  resources: [{ kind: 'Deployment', name: 'a', status: 'OutOfSync' }],
};
/** A Saturday. */
const now = new Date('2026-11-28T23:30:00Z');

const healthWith = (...syncWindows: SyncWindow[]) =>
  applicationHealth(outOfSync, {
    spec: { destination: { namespace: 'team-dev' } },
    syncWindows,
    now,
  });

const deny: SyncWindow = {
  kind: 'deny',
  schedule: '0 22 * * *',
  duration: '2h',
  namespaces: ['team-*'],
};

describe('sync windows', () => {
  it('name the window that denies a sync now, and whether a manual one is allowed', () => {
    expect(healthWith(deny)).toEqual([
      'waiting',
      'Deployment a differs from Git. A sync window of its project denies syncs now (deny at "0 22 * * *" UTC for 2h). Nobody can sync it by hand either.',
    ]);
    expect(
      healthWith({ ...deny, manualSync: true, description: 'Quiet hours' })[1],
    ).toBe(
      'Deployment a differs from Git. A sync window of its project denies syncs now (Quiet hours: deny at "0 22 * * *" UTC for 2h). Somebody can still sync it in Argo CD.',
    );
  });

  it('hold back a sync outside of the windows that allow it', () => {
    expect(
      healthWith({ ...deny, kind: 'allow', schedule: '0 8 * * mon-fri' })[1],
    ).toMatch('No sync window of its project allows syncs now');
  });

  it.each<[string, SyncWindow]>([
    ['ended', { ...deny, duration: '1h30m' }],
    ['has not begun', { ...deny, schedule: '45 23 * * *' }],
    ['is of another day', { ...deny, schedule: '0 22 * * 1-5' }],
    ['is of another day of the month', { ...deny, schedule: '0 22 1 * *' }],
    ['is of another time zone', { ...deny, timeZone: 'Asia/Tokyo' }],
    ['is of another namespace', { ...deny, namespaces: ['other'] }],
    [
      'needs another cluster too',
      { ...deny, andOperator: true, clusters: ['x'] },
    ],
    ['allows it', { ...deny, kind: 'allow' }],
    ['cannot be read', { ...deny, schedule: 'daily' }],
  ])('do not matter when the window %s', (_, window) => {
    expect(healthWith(window)).toEqual(['healthy']);
  });

  it.each([
    { ...deny, schedule: '0 */2 * * sat' },
    { ...deny, schedule: '0 22 1 * 6' },
    { ...deny, schedule: '*/30 * * 11 *', duration: '1m' },
    { ...deny, schedule: '0 7 * * *', timeZone: 'Asia/Tokyo' },
    { ...deny, applications: ['app'], namespaces: undefined },
  ])('matter when the window is open (%#)', window => {
    expect(healthWith(window)[0]).toBe('waiting');
  });
});
