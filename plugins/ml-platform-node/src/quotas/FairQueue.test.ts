import { FairQueue } from './FairQueue';

function createQueue() {
  const queue = new FairQueue({
    concurrency: 2,
    perPerson: 3,
    refusal: 'Too many.',
    retryAfterSeconds: 5,
  });
  const started: string[] = [];
  const finish = new Map<string, () => void>();
  /** Adds a job of the person in its name, which runs until `end`. */
  function add(name: string, signal = new AbortController().signal) {
    const [person] = name.split('-');
    return queue.run(person, { signal }, () => {
      started.push(name);
      return new Promise<string>(resolve => {
        finish.set(name, () => resolve(name));
      });
    });
  }
  async function end(name: string) {
    finish.get(name)?.();
    await new Promise(setImmediate);
    return [...started];
  }
  return { add, end, started };
}

it('starts the job of whoever has fewest running, and refuses one too many of a person', async () => {
  const { add, end, started } = createQueue();
  const first = add('ada-1');
  add('ada-2');
  add('ada-3');
  await expect(add('ada-4')).rejects.toMatchObject({
    name: 'TooManyRequestsError',
    message: 'Too many.',
    statusCode: 429,
    retryAfterSeconds: 5,
  });
  add('bob-1');
  add('bob-2');
  expect(started).toEqual(['ada-1', 'ada-2']);
  expect(await end('ada-1')).toEqual(['ada-1', 'ada-2', 'bob-1']);
  await expect(first).resolves.toBe('ada-1');
  // None of ada's runs.
  expect((await end('ada-2')).slice(3)).toEqual(['ada-3']);
  expect((await end('bob-1')).slice(4)).toEqual(['bob-2']);
  // There is room again.
  add('ada-4');
  expect((await end('bob-2')).slice(5)).toEqual(['ada-4']);
});

it('drops a waiting job whose client has left, and keeps the place of a running one', async () => {
  const { add, end, started } = createQueue();
  const client = new AbortController();
  const running = add('ada-1', client.signal);
  add('ada-2');
  const waiting = add('ada-3', client.signal);
  add('bob-1');
  client.abort(new Error('left'));
  await expect(waiting).rejects.toThrow('left');
  await expect(add('ada-3', client.signal)).rejects.toThrow('left');
  expect(started).toEqual(['ada-1', 'ada-2']);
  expect(await end('ada-1')).toEqual(['ada-1', 'ada-2', 'bob-1']);
  await expect(running).resolves.toBe('ada-1');
  expect(await end('bob-1')).toEqual(['ada-1', 'ada-2', 'bob-1']);
});

it('goes on after a job that fails', async () => {
  const queue = new FairQueue({
    concurrency: 1,
    perPerson: 1,
    refusal: '',
    retryAfterSeconds: 1,
  });
  const { signal } = new AbortController();
  const failing = async () => {
    throw new Error('failed');
  };
  await expect(queue.run('ada', { signal }, failing)).rejects.toThrow('failed');
  await expect(queue.run('ada', { signal }, async () => 1)).resolves.toBe(1);
});
