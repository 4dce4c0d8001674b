import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export type Answer = Record<string, number>;

/** A child process that runs a module of this package, and replies to each command with one message. */
export class Child<Command extends { do: string }> {
  readonly #process: ChildProcess;

  constructor(
    module: string,
    options: { execArgv?: string[]; quiet?: boolean } = {},
  ) {
    // This package always runs from source, in a checkout.
    // eslint-disable-next-line no-restricted-syntax
    this.#process = fork(join(__dirname, module), {
      execArgv: [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ...(options.execArgv ?? []),
      ],
      // Like `npm start`: `development` indents responses.
      env: { ...process.env, NODE_ENV: 'sandbox' },
      stdio: ['ignore', options.quiet ? 'ignore' : 'inherit', 'inherit', 'ipc'],
    });
  }

  ask(command: Command): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const end = (code: number | null, signal: string | null) =>
        reject(new Error(`the process ended (${code ?? signal})`));
      const hear = (message: { answer?: Answer; error?: string }) => {
        // The TypeScript loader sends messages, too.
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

  tell(command: Command): void {
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

/** Replies to a parent's commands, one at a time, with the result of `run`. */
export function answerParent<Command extends { do: string }>(
  run: (command: Command) => Promise<object>,
): void {
  process.on('message', (command: Command) => {
    run(command).then(
      answer => process.send?.({ answer }),
      error => process.send?.({ error: String(error) }),
    );
  });
  process.on('disconnect', () => process.exit());
}
