import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Measurements by name; units are in the names, for example `p99Ms`. */
export type Reply = Record<string, number>;

/** A child process that runs a module of this package. Commands and replies are messages between the processes. */
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

  /** Sends a command and waits for its reply. One call at a time: replies carry no ID. */
  call(command: Command): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null, signal: string | null) =>
        reject(new Error(`The process ended (${code ?? signal})`));
      const onMessage = (message: { reply?: Reply; error?: string }) => {
        // The TypeScript loader also sends messages.
        if (!message.reply && !message.error) {
          return;
        }
        this.#process.off('exit', onExit);
        this.#process.off('message', onMessage);
        if (message.reply) {
          resolve(message.reply);
        } else {
          reject(new Error(message.error));
        }
      };
      this.#process.once('exit', onExit);
      this.#process.on('message', onMessage);
      this.send(command);
    });
  }

  /** Sends a command that has no reply. */
  send(command: Command): void {
    this.#process.send(command);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.kill();
      await ended;
    }
  }
}

/** Runs each command that the parent process sends, and replies with the result of `run`. */
export function serveParent<Command extends { do: string }>(
  run: (command: Command) => Promise<object>,
): void {
  process.on('message', (command: Command) => {
    run(command).then(
      reply => process.send?.({ reply }),
      error => process.send?.({ error: String(error) }),
    );
  });
  process.on('disconnect', () => process.exit());
}
