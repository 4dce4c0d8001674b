// Tests wait for conditions. On a busy machine these take longer than Jest's five seconds.
jest.setTimeout(60_000);
