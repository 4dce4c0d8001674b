import { Child, type Reply } from './Child';
import type { FixtureCommand } from './fixture/apiServer';
import type { FixtureSize } from './fixture/size';
import type { SubjectCommand } from './subjects/Subject';

/** Sends a command to the measured process and waits for its measurements. */
export type CallSubject = (command: SubjectCommand) => Promise<Reply>;
/** The process with the fake API server. */
type Fixture = Child<FixtureCommand>;

/**
 * Runs `work` while a fake API server serves a cluster of the given size in a separate process.
 *
 * @param work - gets the URL of the API server, and its process for further commands
 */
export async function withFixture<T>(
  size: FixtureSize,
  work: (context: { url: string; fixture: Fixture }) => Promise<T>,
): Promise<T> {
  const fixture: Fixture = new Child('fixture/apiServer.ts');
  try {
    const { port } = await fixture.call({ do: 'serve', size });
    return await work({ url: `http://127.0.0.1:${port}`, fixture });
  } finally {
    await fixture.stop();
  }
}

/** Like `withFixture`, with a new process that watches the cluster: our cluster store or the peer's informers. */
export async function withSubject<T>(
  size: FixtureSize,
  module: 'ours' | 'peer',
  work: (context: {
    url: string;
    callSubject: CallSubject;
    fixture: Fixture;
  }) => Promise<T>,
  options: { heapMb: number } = { heapMb: 8192 },
): Promise<T> {
  return withFixture(size, async ({ url, fixture }) => {
    const subject = new Child<SubjectCommand>(`subjects/${module}.ts`, {
      execArgv: ['--expose-gc', `--max-old-space-size=${options.heapMb}`],
    });
    try {
      return await work({
        url,
        callSubject: command => subject.call(command),
        fixture,
      });
    } finally {
      await subject.stop();
    }
  });
}
