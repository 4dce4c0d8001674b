import { WriteLimit } from './WriteLimit';

describe('WriteLimit', () => {
  it('sends one write at a time, in order', async () => {
    const limit = new WriteLimit([{ writes: 80, milliseconds: 60_000 }]);
    const log: string[] = [];
    const write = (name: string) =>
      limit.run(async () => {
        log.push(`${name} starts`);
        await Promise.resolve();
        log.push(`${name} ends`);
      });
    await Promise.all([write('a'), write('b'), write('c')]);
    expect(log).toEqual(
      ['a', 'b', 'c'].flatMap(name => [`${name} starts`, `${name} ends`]),
    );
  });

  it('refuses a write whose turn is more than a minute away, until it is nearer', async () => {
    let now = 0;
    const limit = new WriteLimit(
      [
        { writes: 3, milliseconds: 60_000 },
        { writes: 5, milliseconds: 3_600_000 },
      ],
      () => now,
    );
    const write = () => limit.run(async () => 'written');
    for (let index = 0; index < 5; index += 1) {
      now = index * 60_000;
      expect(await write()).toBe('written');
    }
    await expect(write()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('try again in 56 minutes'),
    });
    now = 3_600_000;
    expect(await write()).toBe('written');
  });

  it('goes on after a write that failed', async () => {
    const limit = new WriteLimit([{ writes: 80, milliseconds: 60_000 }]);
    await expect(
      limit.run(async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await limit.run(async () => 1)).toBe(1);
  });
});
