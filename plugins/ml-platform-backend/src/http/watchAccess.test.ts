import { watchAccess } from './watchAccess';

describe('watchAccess', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function watch(options: {
    isAllowed: () => Promise<boolean>;
    expiresAt?: Date;
  }) {
    const onRevoked = jest.fn();
    const end = watchAccess({ expiresAt: undefined, ...options, onRevoked });
    return { end, onRevoked };
  }

  it('ends a stream within a minute after the permission is revoked, once', async () => {
    let allowed = true;
    const { onRevoked } = watch({ isAllowed: async () => allowed });

    await jest.advanceTimersByTimeAsync(600_000);
    expect(onRevoked).not.toHaveBeenCalled();
    allowed = false;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(onRevoked).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(600_000);
    expect(onRevoked).toHaveBeenCalledTimes(1);
  });

  it('ends a stream when the token expires, although the permission remains', async () => {
    const isAllowed = jest.fn(async () => true);
    const { onRevoked } = watch({
      isAllowed,
      expiresAt: new Date(Date.now() + 45_000),
    });

    await jest.advanceTimersByTimeAsync(44_000);
    expect(onRevoked).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(onRevoked).toHaveBeenCalledTimes(1);
    expect(isAllowed).toHaveBeenCalledTimes(1);
  });

  it('treats a failed decision as a denial', async () => {
    const { onRevoked } = watch({
      isAllowed: async () => {
        throw new Error('The permission backend is down');
      },
    });

    await jest.advanceTimersByTimeAsync(60_000);
    expect(onRevoked).toHaveBeenCalledTimes(1);
  });

  it('checks nothing after it was stopped, even when a check was running', async () => {
    let answer: (allowed: boolean) => void = () => {};
    const { end, onRevoked } = watch({
      isAllowed: () =>
        new Promise(resolve => {
          answer = resolve;
        }),
    });

    await jest.advanceTimersByTimeAsync(30_000);
    end();
    answer(false);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(onRevoked).not.toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
  });
});
