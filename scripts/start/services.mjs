import { spawn } from 'node:child_process';
import { closeSync, createWriteStream, mkdirSync, openSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { ended, lastLines, startChild } from '../setup/children.mjs';
import { logsDirectory, root } from '../setup/directories.mjs';
import { Problem } from '../setup/problem.mjs';

// Runs our TypeScript from source, as `backstage-cli package start` does, without its watching and restarting.
export const fromSource = [
  '--enable-source-maps',
  '--require',
  join(root, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs'),
];

/**
 * Starts a long-running part of the portal from its TypeScript source. Its output goes to a log file; warnings and errors
 * are shown as well.
 *
 * @returns {Promise<never>} rejects when the part ends, which it never should
 */
export async function runService(
  { name, entry, args, directory, environment },
  { node },
) {
  mkdirSync(logsDirectory, { recursive: true });
  const logFile = join(logsDirectory, `${name}.log`);
  const log = createWriteStream(logFile);
  const child = startChild(node, [...fromSource, entry, ...args], {
    cwd: join(root, directory),
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', coloured => {
      const line = stripVTControlCharacters(coloured);
      log.write(`${line}\n`);
      if (isAlarming(line)) {
        console.log(`[${name}] ${line}`);
      }
    });
  }
  const result = await ended(child);
  await new Promise(resolve => log.end(resolve));
  throw lastWords(name, result, logFile);
}

/**
 * Starts a part that outlives this process. Its output goes to its log file only.
 *
 * @returns {{ pid: number, ended: Promise<never> }} `ended` rejects when the part ends while we are still here
 */
export function leaveService(
  { name, entry, args, directory, environment },
  { node },
) {
  mkdirSync(logsDirectory, { recursive: true });
  const logFile = join(logsDirectory, `${name}.log`);
  const log = openSync(logFile, 'w');
  const child = spawn(node, [...fromSource, entry, ...args], {
    cwd: join(root, directory),
    env: environment,
    // Its own session: Ctrl-C, or the end of the terminal, does not reach it.
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  return {
    pid: child.pid,
    ended: ended(child).then(result => {
      throw lastWords(name, result, logFile);
    }),
  };
}

function lastWords(name, result, logFile) {
  return new Problem(
    [
      `The ${name} has ended with ${result}. Its last words:`,
      ...lastLines(logFile).map(line => `    ${line}`),
      `All of them are in ${relative(root, logFile)}.`,
    ].join('\n'),
  );
}

/** Warnings about what is meant to be so in the sandbox. They are in the log file all the same. */
const EXPECTED = [
  // On SQLite the module steps aside for the search engine that is built in.
  'Postgres search engine is not supported',
  // The sandbox speaks plain HTTP on this machine.
  "Cluster 'sandbox' is configured with skipTLSVerify",
];

/** Whether people should see a log line: its level is near the start, `<time> <plugin> warn <message>`. */
export function isAlarming(line) {
  return (
    /^(\S+ ){0,3}(warn|error)\b/i.test(line) &&
    !EXPECTED.some(part => line.includes(part))
  );
}
