import { overload } from './overload';
import { storm } from './storm';

// A short version of `yarn soak` without assertions of speed.
it('processes every event of a storm, and is equal to the server afterwards', async () => {
  const { events } = await storm({
    size: { namespaces: 20, pods: 1_000, reports: 0, applications: 0 },
    eventsPerSecond: 2_000,
    seconds: 3,
  });
  expect(events).toBe(6_000);
});

it('reads more reports of a megabyte than its heap holds', async () => {
  await expect(overload({ reports: 200, heapMb: 160 })).resolves.toBeDefined();
});
