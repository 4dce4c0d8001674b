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

/**
 * Starts a program that ends with this one. It stays in our process group, so that Ctrl-C, and whoever kills the group,
 * reach it too.
 */
export function startChild(command, args, options) {
  const child = spawn(command, args, { cwd: root, ...options });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/**
 * Settles when a program has ended by itself: with its exit code, or the name of the signal that ended it. Never while we
 * end it ourselves, which is no news.
 */
export function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => stopping || resolve(signal ?? code));
  });
}

/** Runs a program to its end with all output in a log file. */
export async function runLogged(command, args, { logFile, hint, ...options }) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const child = startChild(command, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const result = await ended(child);
  await new Promise(resolve => log.end(resolve));
  if (result !== 0) {
    throw new Problem(
      [
        `${basename(command)} ended with ${result}. Its last words:`,
        ...lastLines(logFile).map(line => `    ${line}`),
        `All of them are in ${relative(root, logFile)}.`,
        ...(hint ? [hint] : []),
      ].join('\n'),
    );
  }
}

export function lastLines(file, count = 20) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count);
}

/** Ends every program that is still running, the one started last first; insists after a while. */
export async function stopChildren() {
  stopping = true;
  for (const child of [...running].reverse()) {
    if (!running.has(child)) {
      continue; // Ctrl-C has reached it as well.
    }
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    const patience = setTimeout(GRACE_MILLISECONDS, 'late', { ref: false });
    if ((await Promise.race([closed, patience])) === 'late') {
      child.kill('SIGKILL');
      await closed;
    }
  }
}

/**
 * On Ctrl-C (and when asked to end, or when npm has gone): ends every program, then this one.
 *
 * @param {{ exitCode: number }} options - what to end with: 0 when that is how the script normally ends
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
    // Asked to end, npm goes without telling what it runs.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && stop(), 1000).unref();
  }
}
