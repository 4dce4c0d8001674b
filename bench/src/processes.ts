import { Child, type Reply } from './Child';
import type { FixtureCommand } from './fixture/apiServer';
import type { FixtureSize } from './fixture/size';
import type { WatchClientCommand } from './subjects/WatchClient';

export type Ask = (command: WatchClientCommand) => Promise<Reply>;
type Fixture = Child<FixtureCommand>;

/** Runs `work` with a fixture: a fake API server in a process of its own. */
export async function withFixture<T>(
  size: FixtureSize,
  work: (running: { url: string; fixture: Fixture }) => Promise<T>,
): Promise<T> {
  const fixture: Fixture = new Child('fixture/apiServer.ts');
  try {
    const { port } = await fixture.ask({ do: 'serve', size });
    return await work({ url: `http://127.0.0.1:${port}`, fixture });
  } finally {
    await fixture.end();
  }
}

/**
 * Runs `work` with a fixture, and a client that watches it in another process.
 *
 * @param module - file in `subjects`: the cluster store, or the informers that it is compared with.
 */
export async function withWatchClient<T>(
  size: FixtureSize,
  module: 'clusterStore' | 'informer',
  work: (running: { url: string; ask: Ask; fixture: Fixture }) => Promise<T>,
  options: { heapMb: number } = { heapMb: 8192 },
): Promise<T> {
  return withFixture(size, async ({ url, fixture }) => {
    const client = new Child<WatchClientCommand>(`subjects/${module}.ts`, {
      execArgv: ['--expose-gc', `--max-old-space-size=${options.heapMb}`],
    });
    try {
      return await work({
        url,
        ask: command => client.ask(command),
        fixture,
      });
    } finally {
      await client.end();
    }
  });
}
