import { availableParallelism } from 'node:os';

/** Processes items, a few at a time. */
export async function inParallel<T>(
  items: T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const workers = Array.from(
    { length: Math.min(availableParallelism(), 4) },
    async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
        await work(item);
      }
    },
  );
  await Promise.all(workers);
}
