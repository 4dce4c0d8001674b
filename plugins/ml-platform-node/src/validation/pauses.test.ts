import { cp } from 'node:fs/promises';
import path from 'node:path';
import {
  createWorkloadTrees,
  type WorkloadTrees,
} from '../__testUtils__/createWorkloadTrees';

// Each environment starts a Kustomize process, which is slow on a busy machine.
jest.setTimeout(240_000);

/** Measures the longest time in which no timer could run, as a part of the whole. */
async function longestPause(task: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  let last = startedAt;
  let longest = 0;
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(tick, 10);
  await task();
  clearInterval(timer);
  tick();
  return longest / (last - startedAt);
}

describe('validateChange: many objects', () => {
  let trees: WorkloadTrees;

  beforeEach(async () => {
    trees = await createWorkloadTrees();
  });
  afterEach(() => trees.remove());

  it('lets others have the event loop between objects', async () => {
    const runs = `${trees.directory}/runs/dev`;
    for (let file = 0; file < 40; file += 1) {
      const objects = Array.from(
        { length: 50 },
        (_, index) => `apiVersion: v1
kind: ConfigMap
metadata: { name: c-${file}-${index}, namespace: app-ml-team-dev }
`,
      );
      await trees.write(`${runs}/r-${file}.yaml`, objects.join('---\n'));
    }
    // All of them are compared with those of the base, too.
    await cp(
      path.join(trees.root, trees.directory),
      path.join(trees.before, trees.directory),
      { recursive: true },
    );
    // Reads the policies and schemas for the first time.
    await trees.validate();
    const pause = await longestPause(async () => {
      const { checks } = await trees.validate();
      expect(checks).toContainEqual(
        expect.objectContaining({ id: 'policies', status: 'passed' }),
      );
    });
    expect(pause).toBeLessThan(1 / 3);
  });
});
