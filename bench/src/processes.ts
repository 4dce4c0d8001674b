import { Child, type Reply } from './Child';
import type { FixtureCommand } from './fixture/apiServer';
import type { FixtureSize } from './fixture/size';
import type { SubjectCommand } from './subjects/Subject';

export type Ask = (command: SubjectCommand) => Promise<Reply>;
type Fixture = Child<FixtureCommand>;

/** Runs `work` with a fixture. */
export async function withFixture<T>(
  size: FixtureSize,
  work: (with_: { url: string; fixture: Fixture }) => Promise<T>,
): Promise<T> {
  const fixture: Fixture = new Child('fixture/apiServer.ts');
  try {
    const { port } = await fixture.ask({ do: 'serve', size });
    return await work({ url: `http://127.0.0.1:${port}`, fixture });
  } finally {
    await fixture.end();
  }
}

/** Runs `work` with a fixture, and a new process that watches it. */
export async function withSubject<T>(
  size: FixtureSize,
  module: 'ours' | 'peer',
  work: (with_: { url: string; ask: Ask; fixture: Fixture }) => Promise<T>,
  options: { heapMb: number } = { heapMb: 8192 },
): Promise<T> {
  return withFixture(size, async ({ url, fixture }) => {
    const subject = new Child<SubjectCommand>(`subjects/${module}.ts`, {
      execArgv: ['--expose-gc', `--max-old-space-size=${options.heapMb}`],
    });
    try {
      return await work({
        url,
        ask: command => subject.ask(command),
        fixture,
      });
    } finally {
      await subject.end();
    }
  });
}
