import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { basename, dirname, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { root } from './directories.mjs';
import { Problem } from './problem.mjs';

const GRACE_MILLISECONDS = 10_000;
const running = new Set();
let stopping = false;

/** Starts a program that exits with this one. It is in the same process group, so that Ctrl-C reaches it. */
export function startChild(command, args, options) {
  const child = spawn(command, args, { cwd: root, ...options });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/** Resolves with the exit code or the signal when a program exits by itself, and never when `stopChildren` stops it. */
export function waitForExit(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => stopping || resolve(signal ?? code));
  });
}

/** Runs a program to its end, with all output in a log file. */
export async function runLogged(command, args, { logFile, hint, ...options }) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const child = startChild(command, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const result = await waitForExit(child);
  await new Promise(resolve => log.end(resolve));
  if (result !== 0) {
    throw new Problem(
      [
        `${basename(command)} exited with ${result}. Its last lines:`,
        ...lastLines(logFile).map(line => `    ${line}`),
        `The full log is in ${relative(root, logFile)}.`,
        ...(hint ? [hint] : []),
      ].join('\n'),
    );
  }
}

export function lastLines(file, count = 20) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count);
}

/** Stops all running programs in reverse order, and kills them after a grace period. */
export async function stopChildren() {
  stopping = true;
  for (const child of [...running].reverse()) {
    if (!running.has(child)) {
      continue; // Ctrl-C has stopped it already.
    }
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    const timeout = setTimeout(GRACE_MILLISECONDS, 'late', { ref: false });
    if ((await Promise.race([closed, timeout])) === 'late') {
      child.kill('SIGKILL');
      await closed;
    }
  }
}

/**
 * Stops all programs and exits on Ctrl-C, on a signal, and when npm has exited.
 *
 * @param {{ exitCode: number }} options - 0 if a signal is the normal end of the script
 */
export function stopChildrenOnSignals({ exitCode }) {
  const stop = async () => {
    if (!stopping) {
      console.log('\nStopping …');
      await stopChildren();
      process.exit(exitCode);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, stop);
  }
  if (process.env.npm_lifecycle_event) {
    // npm does not forward signals to its scripts.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && stop(), 1000).unref();
  }
}
