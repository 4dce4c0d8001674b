import { advance, applied, synced } from './__testUtils__/advance';

describe('progress of the health', () => {
  const health = (status: string, more: object = {}) => ({
    ...synced,
    health: { status, ...more },
  });

  it.each<[string, object, object]>([
    ['not known yet', synced, { state: 'waiting' }],
    [
      'Healthy before the sync and after it',
      health('Healthy', { lastTransitionTime: '2026-11-25T09:00:00Z' }),
      applied('2026-11-25T11:01:00.000Z'),
    ],
    [
      'Healthy some time after the sync',
      health('Healthy', { lastTransitionTime: '2026-11-25T11:04:00Z' }),
      applied('2026-11-25T11:04:00.000Z'),
    ],
    [
      'Healthy, and nobody says since when',
      health('Healthy'),
      applied('2026-11-25T12:00:00.000Z'),
    ],
    [
      'Healthy, as it was assessed before the sync',
      { ...health('Healthy'), reconciledAt: '2026-11-25T11:00:59Z' },
      { state: 'waiting' },
    ],
    [
      'Healthy, as it was assessed with the sync',
      {
        ...health('Healthy', { lastTransitionTime: '2026-11-25T11:01:00Z' }),
        reconciledAt: '2026-11-25T11:01:00Z',
      },
      applied('2026-11-25T11:01:00.000Z'),
    ],
    [
      'Progressing',
      health('Progressing'),
      { state: 'running', text: 'Progressing' },
    ],
    [
      'a word that we do not know',
      health('Odd'),
      { state: 'running', text: 'Unknown' },
    ],
    [
      'Degraded',
      health('Degraded', {
        message: 'exceeded its progress deadline',
        lastTransitionTime: '2026-11-25T11:11:00Z',
      }),
      {
        state: 'failed',
        at: '2026-11-25T11:11:00.000Z',
        text: 'Degraded: exceeded its progress deadline',
      },
    ],
  ])('%s', async (_, status, expected) => {
    const { healthy } = await advance(status);
    expect(healthy).toEqual(expected);
  });

  it('is not looked at before the sync', async () => {
    const { healthy } = await advance({ health: { status: 'Healthy' } });
    expect(healthy).toEqual({ state: 'waiting' });
  });

  it('passes after a failure, and stays then', async () => {
    const failed = { healthy: { state: 'failed', text: 'Degraded' } as const };
    const passed = applied('2026-11-25T11:04:00.000Z');
    expect(
      await advance(
        health('Healthy', { lastTransitionTime: passed.at }),
        failed,
      ),
    ).toMatchObject({ healthy: passed });
    expect(
      await advance(health('Degraded'), {
        applied: applied('2026-11-25T11:01:00.000Z'),
        healthy: passed,
      }),
    ).toMatchObject({ healthy: passed });
  });

  it('is not believed while pods are not ready, and told in their words', async () => {
    const crash = 'The container exits with code 1 again and again.';
    const view = { unready: [crash], reasons: [crash] };
    const earlier = { lastTransitionTime: '2026-11-25T11:01:00Z' };
    const { healthy } = await advance(health('Healthy', earlier), {}, view);
    expect(healthy).toEqual({ state: 'running', text: crash, disputed: true });
    // Argo CD does not report since when; the portal remembers it.
    expect(
      await advance(health('Healthy', earlier), { healthy }),
    ).toMatchObject({ healthy: applied('2026-11-25T12:00:00.000Z') });
    expect(
      (await advance(health('Degraded', { message: 'x' }), {}, view)).healthy,
    ).toMatchObject({ state: 'failed', text: `Degraded: ${crash}` });
    expect(
      (await advance(health('Progressing'), {}, view)).healthy,
    ).toMatchObject({ state: 'running', text: `Progressing: ${crash}` });
  });
});
