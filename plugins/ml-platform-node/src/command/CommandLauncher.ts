import { type ChildProcess, fork } from 'node:child_process';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

export interface CommandResult {
  exitCode: number;
  stdout: Buffer;
  stderr: string;
}

/** Asks the launcher to start a program. */
export interface LaunchMessage {
  id: number;
  program: string;
  programArguments: string[];
  options: {
    workingDirectory: string;
    environment: Record<string, string>;
    input?: string | Buffer;
    maxOutputBytes: number;
  };
}

/** Received by the launcher: start a program, or kill one with all processes that it has started. */
export type Message = LaunchMessage | { kill: number };

type Outcome =
  | { result: CommandResult }
  /** The program could not be started. */
  | { error: { message: string } }
  /** The program printed too much and was killed. */
  | { tooMuchOutput: true };

/** Sent by the launcher. It is idle after some time without a command. Only the first answer for an id counts. */
export type Answer = (Outcome & { id: number }) | { idle: true };

const PROGRAM = resolvePackagePath(
  '@internal/plugin-ml-platform-node',
  'assets/launchCommands.js',
);

/**
 * Starts programs through a small process. `fork` copies the page tables of its caller while the event loop waits: 20 ms
 * and more in a backend of 700 MB, 5 ms in this process. It starts with the first command, ends when it is idle, and kills
 * its commands when this process ends.
 */
class CommandLauncher {
  #launcher: ChildProcess | undefined;
  #lastId = 0;
  readonly #waiting = new Map<
    number,
    { resolve: (outcome: Outcome) => void; reject: (error: Error) => void }
  >();

  /** @returns the outcome, and a function that kills the program; after that there may be no outcome. */
  launch(command: Omit<LaunchMessage, 'id'>): {
    outcome: Promise<Outcome>;
    kill: () => void;
  } {
    const launcher = this.#launcher ?? this.#start();
    this.#lastId += 1;
    const id = this.#lastId;
    const outcome = new Promise<Outcome>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      launcher.channel?.ref();
      send(launcher, { id, ...command });
    });
    return {
      outcome,
      kill: () => {
        send(launcher, { kill: id });
        this.#forget(id);
      },
    };
  }

  #start(): ChildProcess {
    const launcher = fork(PROGRAM, [], {
      // Nothing of this process's environment and options: only programs' own environments count.
      env: {},
      execArgv: [],
      // So that Ctrl-C ends this process alone, which may still need commands for its shutdown.
      detached: true,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    launcher.unref();
    launcher.on('message', (answer: Answer) => {
      if ('id' in answer) {
        this.#waiting.get(answer.id)?.resolve(answer);
        this.#forget(answer.id);
      } else if (this.#waiting.size === 0) {
        this.#launcher = undefined;
        launcher.disconnect();
      }
    });
    const fail = (cause?: unknown) => {
      if (this.#launcher !== launcher) {
        return;
      }
      this.#launcher = undefined;
      for (const [id, { reject }] of this.#waiting) {
        reject(
          new Error('The process that starts programs has ended', { cause }),
        );
        this.#forget(id);
      }
    };
    launcher.on('error', fail);
    launcher.on('exit', () => fail());
    this.#launcher = launcher;
    return launcher;
  }

  #forget(id: number) {
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) {
      this.#launcher?.channel?.unref();
    }
  }
}

/** A launcher that has just ended rejects its commands on its exit, so that a failed `send` needs no answer. */
function send(launcher: ChildProcess, message: Message) {
  launcher.send(message, () => {});
}

export const commandLauncher = new CommandLauncher();
