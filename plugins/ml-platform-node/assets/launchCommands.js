// @ts-check
/**
 * The process behind `src/command/CommandLauncher.ts`, where the messages are described. Plain JavaScript that loads
 * nothing but Node's own modules, so that it starts in milliseconds and stays small.
 */
const { spawn } = require('node:child_process');

const IDLE_MILLISECONDS = 30_000;

/**
 * Process groups of running commands, by the command's id.
 *
 * @type {Map<number, number>}
 */
const groups = new Map();
/** @type {NodeJS.Timeout | undefined} */
let idle;

/** @param {import('../src/command/CommandLauncher').LaunchMessage} message */
function launch({ id, program, programArguments, options }) {
  // In a process group of its own, so that its child processes (git-remote-http) are killed with it.
  const child = spawn(program, programArguments, {
    cwd: options.workingDirectory,
    env: options.environment,
    detached: true,
  });
  if (child.pid) {
    groups.set(id, child.pid);
  }
  let size = 0;
  /** @param {Buffer[]} chunks */
  const collect = chunks => (/** @type {Buffer} */ chunk) => {
    size += chunk.length;
    if (size > options.maxOutputBytes) {
      send({ id, tooMuchOutput: true });
      kill(id);
    } else {
      chunks.push(chunk);
    }
  };
  /** @type {Buffer[]} */
  const stdout = [];
  /** @type {Buffer[]} */
  const stderr = [];
  child.stdout.on('data', collect(stdout));
  child.stderr.on('data', collect(stderr));
  child.on('error', error => send({ id, error: describe(error) }));
  child.on('close', code => {
    groups.delete(id);
    send({
      id,
      result: {
        exitCode: code ?? -1,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString('utf8'),
      },
    });
    if (groups.size === 0) {
      idle = setTimeout(send, IDLE_MILLISECONDS, { idle: true });
    }
  });
  // A program may exit without reading its input; its exit code decides.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input);
}

/** @param {number} id */
function kill(id) {
  const group = groups.get(id);
  try {
    if (group) {
      process.kill(-group, 'SIGKILL');
    }
  } catch {
    // The process had already exited.
  }
}

/**
 * Copies an error with its code, which messages leave out.
 *
 * @param {unknown} error
 */
function describe(error) {
  return error instanceof Error
    ? { ...error, message: error.message }
    : { message: String(error) };
}

/** @param {import('../src/command/CommandLauncher').Answer} answer */
function send(answer) {
  process.send?.(answer);
}

process.on(
  'message',
  (/** @type {import('../src/command/CommandLauncher').Message} */ message) => {
    if ('kill' in message) {
      kill(message.kill);
    } else {
      clearTimeout(idle);
      try {
        launch(message);
      } catch (error) {
        // Values that no program can be started with, such as one with a NUL character.
        send({ id: message.id, error: describe(error) });
      }
    }
  },
);

// The other process has ended, or no longer needs this one.
process.on('disconnect', () => {
  for (const id of groups.keys()) {
    kill(id);
  }
  process.exit();
});
