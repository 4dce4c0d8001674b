import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FixtureCommand } from './fixture/apiServer';
import type { FixtureSize } from './fixture/size';
import type { SubjectCommand } from './subjects/Subject';

type Answer = Record<string, number>;

/** A child process that answers each command with one message. */
class Child {
  readonly #process: ChildProcess;

  constructor(module: string, execArgv: string[] = []) {
    // This package is only ever run from its sources, in a checkout.
    // eslint-disable-next-line no-restricted-syntax
    this.#process = fork(join(__dirname, module), {
      execArgv: [...process.execArgv, ...execArgv],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }

  ask(command: FixtureCommand | SubjectCommand): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const end = (code: number | null, signal: string | null) =>
        reject(new Error(`the process ended (${code ?? signal})`));
      const hear = (message: { answer?: Answer; error?: string }) => {
        // The loader of TypeScript sends messages of its own.
        if (!message.answer && !message.error) {
          return;
        }
        this.#process.off('exit', end);
        this.#process.off('message', hear);
        if (message.answer) {
          resolve(message.answer);
        } else {
          reject(new Error(message.error));
        }
      };
      this.#process.once('exit', end);
      this.#process.on('message', hear);
      this.tell(command);
    });
  }

  tell(command: FixtureCommand | SubjectCommand): void {
    this.#process.send(command);
  }

  async end(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.kill();
      await ended;
    }
  }
}

export type Ask = (command: SubjectCommand) => Promise<Answer>;

/** Runs `work` with the fixture of a size and a fresh process that follows it. */
export async function withSubject<T>(
  size: FixtureSize,
  module: 'ours' | 'peer',
  work: (with_: { url: string; ask: Ask; fixture: Child }) => Promise<T>,
  options: { heapMb: number } = { heapMb: 8192 },
): Promise<T> {
  const fixture = new Child('fixture/apiServer.ts');
  const subject = new Child(`subjects/${module}.ts`, [
    '--expose-gc',
    `--max-old-space-size=${options.heapMb}`,
  ]);
  try {
    const { port } = await fixture.ask({ do: 'serve', size });
    return await work({
      url: `http://127.0.0.1:${port}`,
      ask: command => subject.ask(command),
      fixture,
    });
  } finally {
    await Promise.all([subject.end(), fixture.end()]);
  }
}
